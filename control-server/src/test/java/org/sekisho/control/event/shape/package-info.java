@NullMarked
package org.sekisho.control.event.shape;

import org.jspecify.annotations.NullMarked;
