/**
 * Win32 declarations beyond what jna-platform has, and the thinnest wrappers that free what the calls return. No decision
 * and no policy is here. Every failed call becomes a {@link org.sekisho.agent.os.windows.Win32Failure} with its number.
 *
 * <h2>Not verified on Windows</h2>
 *
 * The Windows side is tried in a real Windows JVM under Wine 8. What Wine lacks, or answers by a success that means nothing,
 * was only held against Microsoft's documentation. Before a release, on a real machine, as a person without administrator's
 * rights in the session:
 *
 * <ol>
 *   <li>{@code service install} prints no setting that Windows did not keep; {@code sc qfailure SekishoAgent} shows three
 *       restarts, {@code sc qc} the delayed start, {@code sc sdshow} no right to stop for {@code IU}. (Wine refuses the first
 *       two, and keeps no access rights of a service.)
 *   <li>{@code sc stop SekishoAgent} and the task manager are denied to that person. After {@code taskkill /f} by an
 *       administrator the service is back in a second, and the gap is an event.
 *   <li>A helper runs in each session as SYSTEM, in the console's as well as in a remote one, also after fast user switching,
 *       disconnecting and reconnecting; it is back in a moment when an administrator ends it. ({@code WTSEnumerateSessions},
 *       {@code WTSQueryUserToken}, {@code SetTokenInformation}, {@code CreateProcessAsUser} and {@code
 *       SERVICE_CONTROL_SESSIONCHANGE} are never reached under Wine.)
 *   <li>That person can neither end, suspend, debug nor read the helper, and sees its notices on the desktop.
 *   <li>Copy and paste between Notepad, Excel, Word, Edge, a terminal, and a program that runs as administrator: source and
 *       destination are named in the event; what is blocked is not pasted; Excel's cells, Word's text and a browser's HTML keep
 *       their form. The helper has SYSTEM's integrity: see that {@code WM_RENDERFORMAT} reaches it from all of these.
 *   <li>Win+V shows nothing of what was copied, and another machine's clipboard gets nothing (Windows' history and cloud
 *       clipboard honour {@code ExcludeClipboardContentFromMonitorProcessing}); remote desktop's clipboard asks as {@code
 *       rdpclip.exe}.
 *   <li>Explorer's files are pasted if allowed, and cut files are moved. A mail's attachment ({@code FileContents}) and a
 *       drawing that is only a metafile are not handed out.
 *   <li>With a clipboard manager installed nothing runs away: the agent's processor time stays low after a copy.
 *   <li>A program that opens the clipboard without a window is recorded as unknown; so is one that ended at once.
 *   <li>Another account's process can't open the pipe; a pipe of the same name that was there before keeps the service from
 *       starting, with a reason ({@code FILE_FLAG_FIRST_PIPE_INSTANCE} does nothing under Wine); one machine can't reach another's.
 *   <li>{@code icacls %ProgramData%\Sekisho\state /t} shows SYSTEM and administrators only (Wine keeps access lists as Unix
 *       modes); the secrets' files, copied to another machine, can't be read there (Wine's DPAPI has no machine key).
 *   <li>After pulling the plug while a secret is replaced, the one before or the new one is whole.
 * </ol>
 */
@NullMarked
package org.sekisho.agent.os.windows;

import org.jspecify.annotations.NullMarked;
