/** Enrolled terminals, and the tokens that enrol more. */
@NullMarked
package org.sekisho.cli.terminal;

import org.jspecify.annotations.NullMarked;
