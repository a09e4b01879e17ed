/**
 * Files on removable media: the checked mount.
 *
 * <p><b>Why a mount and not only fanotify.</b> What fanotify reports of a written file, it reports when the bytes are on the
 * medium; a stick that is torn out a moment before has them. So nobody gets at an admitted medium's own file system: the
 * agent mounts it where only its own process for that volume reaches it, and what the person sees is a file system that this
 * process serves ({@link org.sekisho.agent.channel.media.files.fuse}). fanotify's permission marks only keep everybody else
 * off the medium's own file system and its device node ({@link org.sekisho.agent.channel.media.files.RawGuard}); where the
 * kernel can't, the volume is read-only and says so.
 *
 * <p><b>What is guaranteed.</b> Where some rule for media asks for content, what is written is held on the terminal,
 * enciphered, until the file is closed or synced; then all of it is looked into, decided by the same rules that decided about
 * the device, recorded, and only then written to the medium. Of a file that is held back not one byte gets there, whenever
 * the stick is torn out; of one that is allowed, a stick that is torn out while it is written has a part, as without the
 * agent. close(2) and fsync(2) of a file that is held back fail with {@code EPERM}, so that {@code cp} says so. A new file's
 * name, which is looked into first, is on the medium as an empty file from the time that it is made, and goes with the last
 * close if the file is held back; a file that was there before stays as it was. Where no rule asks for content, writes go
 * through, and the file is looked into and recorded when it is closed (a large one when nothing is copied for a moment, ten seconds
 * later at most); where the medium goes before that is done, the record says that nobody has looked into it. What is on its
 * way to the medium is there soon ({@link org.sekisho.agent.channel.media.files.EarlyWriteBack}).
 *
 * <p>Every file that is made, written, renamed or deleted is an attempt on the channel {@code MEDIA} with a {@code MediaFile}:
 * name (masked), size, SHA-256, labels, program, person, decision. Content that can't be looked into (see
 * {@link org.sekisho.agent.content.extract}) does not pass where a rule would stop what it might carry, unless a permit lifts
 * that rule; where no rule would, or the policy only audits, it passes and the record says so.
 *
 * <p>A rule that asks for a shadow copy has the content sealed to the policy's custodians ({@link org.sekisho.shadow}) when it
 * is decided, in this process, before anything else becomes of it: close(2) waits for that. The copy lies sealed on the
 * terminal until the server has it ({@link org.sekisho.agent.shadow}); where there is none, the server is told why. Nothing is
 * copied of what was written through before the rule came into force.
 *
 * <p>A rule that asks for a reason for a file has the person asked while the file is held back and close(2) waits, for two
 * minutes at most; without a reason it fails with {@code EPERM}. A reason holds for that content under that name on that
 * medium for ten minutes, so that who saves it again is not asked again.
 *
 * <p><b>Limits.</b> A handle that was opened before a rule for content came into force writes through until it is closed. A
 * file that is closed several times while it grows is decided each time as a whole, and what was allowed before stays. What is
 * deleted while it is looked into has its room on the medium until that is done, as the record needs its hash. Links,
 * devices and names that are no UTF-8 are neither shown nor made; owner and permissions are the person's, whatever is asked.
 * Large files need room on the terminal ({@code EFBIG} where it ends), above 2 GiB they are not looked into. A root can make a
 * second node of the device, or end the process: then everything on the mount fails, it is mounted anew, and that is an
 * event.
 */
@NullMarked
package org.sekisho.agent.channel.media.files;

import org.jspecify.annotations.NullMarked;
