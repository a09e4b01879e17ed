/** {@code sekisho permit}. */
@NullMarked
package org.sekisho.cli.permit;

import org.jspecify.annotations.NullMarked;
