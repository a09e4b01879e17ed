/** Tests. */
@NullMarked
package org.sekisho.control.permit;

import org.jspecify.annotations.NullMarked;
