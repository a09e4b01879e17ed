@NullMarked
package org.sekisho.control.export;

import org.jspecify.annotations.NullMarked;
