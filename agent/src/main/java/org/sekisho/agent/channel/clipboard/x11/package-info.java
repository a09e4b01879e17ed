/**
 * The clipboard under X11: sees every change of the selections, reads and takes over what is offered, and answers each
 * program that asks (Inter-Client Communication Conventions Manual 2.0, section 2).
 *
 * <p>One thread owns the connection to the display and everything in this package; other threads only wake it. Each
 * transfer is a state machine with a deadline of its own, so that a program that is slow, dead or hostile holds up no other.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>From a program's claim until ours, any program can read the content from it. That takes two answers of the program:
 *       its list of formats, and the beginning of each. It is measured for each copy. Claiming first is not possible: the
 *       owner drops its content when it loses the selection. What is pasted meanwhile is seen by the RECORD extension, where
 *       the display has it, and told as what could not be stopped; the program behind it is often gone by then, and has no
 *       path. From the takeover on the display stands still, 50 ms at most, while the owner is looked at. An owner that doesn't answer loses the selection after 2 s, one
 *       that answers piecemeal after 10 s.
 *   <li>X11 keeps programs of one display apart by nothing: a program written for it can read the property in which content
 *       is handed to an allowed program, or have that program's window named as its own. It can read the screen and the
 *       keyboard as well. The guard holds against programs as people use them.
 *   <li>The process is the one that connected to the display, as the kernel noted then. One that has left its
 *       connection to a child and ended, as xclip does, is known by the child, unless several such children run different
 *       programs; it has no path then, and no rule that names a program matches it.
 *   <li>An owner of PRIMARY loses it at once. Programs that show what is marked only while they own it (xterm, GTK text
 *       fields) unmark it then.
 *   <li>Drag and drop works where the target asks the selection's owner for the content, as XDND 5 says. The direct save
 *       protocol (XdndDirectSave0), which has the source write a file, is not offered on.
 *   <li>PIXMAP, BITMAP, DRAWABLE and COLORMAP name things in the X server; they are neither read nor offered. Images come as
 *       {@code image/*}.
 *   <li>Programs that hand out once and then end (xclip -loops 1) have done so when the guard has read.
 *   <li>Under Xwayland native Wayland programs pass by the guard, which then says UNSUPPORTED.
 * </ul>
 */
@NullMarked
package org.sekisho.agent.channel.clipboard.x11;

import org.jspecify.annotations.NullMarked;
