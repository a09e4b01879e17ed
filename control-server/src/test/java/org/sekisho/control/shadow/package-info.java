/** Tests. */
@NullMarked
package org.sekisho.control.shadow;

import org.jspecify.annotations.NullMarked;
