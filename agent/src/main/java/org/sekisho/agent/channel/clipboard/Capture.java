package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;

/**
 * A content that was put on the clipboard and is now held by the helper.
 *
 * @param id counts up within one helper
 * @param selection which of the session's selections
 * @param source the program that offered it; the default instance if it could not be found out
 * @param contents one entry for each format on offer that could be read, in the order of the offer
 * @param exposed from the OS's notice of the change until the helper owned the selection: how long others could read it
 * @param complete false if a format was too large or could not be read: the content was not inspected whole
 */
public record Capture(
        long id, Selection selection, Process source, List<HeldContent> contents, Duration exposed, boolean complete) {
    public Capture {
        requireNonNull(selection, "selection is null");
        requireNonNull(source, "source is null");
        requireNonNull(exposed, "exposed is null");
        contents = List.copyOf(contents);
    }
}
