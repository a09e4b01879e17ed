@NullMarked
package org.sekisho.control.overview;

import org.jspecify.annotations.NullMarked;
