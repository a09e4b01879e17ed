/** What is wrong with terminals, from the command line. */
@NullMarked
package org.sekisho.cli.alarm;

import org.jspecify.annotations.NullMarked;
