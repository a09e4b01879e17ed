/**
 * Permits: approved exceptions for one person, at one terminal, on one way out, for a while. A terminal's permits go to it as
 * one signed book, within a second of a grant or a revocation; what happens under a permit is listed under it.
 */
@NullMarked
package org.sekisho.control.permit;

import org.jspecify.annotations.NullMarked;
