/** {@code sekisho exports}: where the server sends events to, and how that goes. */
@NullMarked
package org.sekisho.cli.export;

import org.jspecify.annotations.NullMarked;
