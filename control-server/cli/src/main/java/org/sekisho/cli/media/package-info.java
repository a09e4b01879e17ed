/** {@code sekisho media}. */
@NullMarked
package org.sekisho.cli.media;

import org.jspecify.annotations.NullMarked;
