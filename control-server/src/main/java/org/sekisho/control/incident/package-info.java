/**
 * What a person must look at: opened by attempts and by trouble with chains and identities, joined when it repeats,
 * worked on by responders.
 */
@NullMarked
package org.sekisho.control.incident;

import org.jspecify.annotations.NullMarked;
