/** Tests of what is printed. */
@NullMarked
package org.sekisho.cli.output;

import org.jspecify.annotations.NullMarked;
