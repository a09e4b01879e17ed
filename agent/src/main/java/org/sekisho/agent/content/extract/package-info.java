/**
 * The text of documents: Office files old and new, OpenDocument, PDF and archives are taken apart by Apache Tika in a process
 * of its own, because a document is what a stranger wrote, and parsers of this size have faults.
 *
 * <p>That process ({@link org.sekisho.agent.content.extract.ExtractMain}) gets the document over its standard input and
 * hands back text and the plain parts as they are; it knows no detector and no key, and decides nothing. Under a root that
 * started it ({@link org.sekisho.agent.content.extract.Sandbox}) it has a user number of its own that no account has, no
 * capability, no network, no other process in sight, a temporary folder in memory, and limits on memory, processor time,
 * processes and file sizes. Whatever it does (crash, hang, too much text, nonsense), the document counts as
 * {@link org.sekisho.agent.content.extract.Reading#UNREADABLE} and the process is ended; a new one is started for the next.
 * One that behaves reads many documents in a row, since starting it takes longer than reading most of them.
 *
 * <p>Limits, for whoever reads the verdicts: pictures are not looked at (there is no character recognition), nor is text that
 * is drawn as lines; RAR, Access and Outlook stores, and documents with a password count as unreadable, and so do Office
 * containers of unknown programs such as 一太郎.
 */
@NullMarked
package org.sekisho.agent.content.extract;

import org.jspecify.annotations.NullMarked;
