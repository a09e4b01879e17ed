/**
 * Live commands to single terminals. Promises that each has a reason and an author, reaches its terminal as soon as that is
 * connected, until it ends, and that what became of it is what the terminal said.
 */
@NullMarked
package org.sekisho.control.terminal.command;

import org.jspecify.annotations.NullMarked;
