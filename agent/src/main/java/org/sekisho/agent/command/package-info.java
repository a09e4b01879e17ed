/**
 * What the control server orders this terminal to do at once. Promises that a command is carried out at most once, in
 * order, never after its end, and that what became of it is recorded and answered; an old one that somebody sends again
 * does nothing.
 */
@NullMarked
package org.sekisho.agent.command;

import org.jspecify.annotations.NullMarked;
