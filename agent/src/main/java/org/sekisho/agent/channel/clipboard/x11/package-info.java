/**
 * The clipboard under X11: sees every change of the selections, reads and takes over what is offered, and answers each
 * program that asks (Inter-Client Communication Conventions Manual 2.0, section 2).
 *
 * <p>One thread owns the connection to the display and everything in this package; other threads only wake it. Each
 * transfer is a state machine with a deadline of its own, so that a program that is slow, dead or hostile holds up no other.
 */
@NullMarked
package org.sekisho.agent.channel.clipboard.x11;

import org.jspecify.annotations.NullMarked;
