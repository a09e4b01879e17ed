/** What measures and tries Sekisho as a whole; nothing of it is part of the product. */
@NullMarked
package org.sekisho.packaging;

import org.jspecify.annotations.NullMarked;
