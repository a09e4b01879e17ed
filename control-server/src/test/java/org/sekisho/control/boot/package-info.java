@NullMarked
package org.sekisho.control.boot;

import org.jspecify.annotations.NullMarked;
