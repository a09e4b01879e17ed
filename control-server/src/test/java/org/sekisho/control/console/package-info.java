/** Tests of what the console's addresses answer. */
@NullMarked
package org.sekisho.control.console;

import org.jspecify.annotations.NullMarked;
