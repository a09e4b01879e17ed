/** Checking, comparing and publishing policies. */
@NullMarked
package org.sekisho.cli.policy;

import org.jspecify.annotations.NullMarked;
