/** Policies: checked, compared, published as signed revisions, and how far each has come on every terminal. */
@NullMarked
package org.sekisho.control.policy;

import org.jspecify.annotations.NullMarked;
