@NullMarked
package org.sekisho.control.incident;

import org.jspecify.annotations.NullMarked;
