/**
 * The clipboard of a Windows session, by delayed rendering: what is on offer is rendered at a reader's request, once the
 * gate has said yes, and not at all otherwise.
 *
 * <p>Limits: pictures that a program offers as metafiles only, and files that exist only inside a program
 * ({@code FileContents}), are not handed out. What was rendered can be read unasked until the offer is made anew, about a
 * millisecond after the reader has closed the clipboard.
 */
@NullMarked
package org.sekisho.agent.channel.clipboard.windows;

import org.jspecify.annotations.NullMarked;
