@NullMarked
package org.sekisho.control.terminal;

import org.jspecify.annotations.NullMarked;
