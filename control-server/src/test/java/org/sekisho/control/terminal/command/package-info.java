@NullMarked
package org.sekisho.control.terminal.command;

import org.jspecify.annotations.NullMarked;
