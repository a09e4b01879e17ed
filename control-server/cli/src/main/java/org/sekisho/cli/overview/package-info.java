/** How things stand, from the command line. */
@NullMarked
package org.sekisho.cli.overview;

import org.jspecify.annotations.NullMarked;
