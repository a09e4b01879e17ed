@NullMarked
package org.sekisho.control.terminal.link;

import org.jspecify.annotations.NullMarked;
