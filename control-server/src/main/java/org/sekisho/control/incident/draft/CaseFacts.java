package org.sekisho.control.incident.draft;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the record says of a case that belongs into a report. No person's name, and nothing of the policy, which a city keeps to
 * itself (基本方針 §11).
 *
 * @param orgUnit division of the terminal; null: of none
 * @param segment of the terminal, by its name on the wire; null: it isn't enrolled
 * @param stopped acts that the terminal stopped
 * @param others acts that it didn't stop, or that were allowed
 * @param labels kinds of numbers that were in what was carried, with how many in all
 * @param truncated there were more events than were read
 * @param measures what was done since, in its order
 */
record CaseFacts(
        @Nullable String orgUnit,
        @Nullable String segment,
        long stopped,
        long others,
        SortedMap<String, Long> labels,
        boolean truncated,
        List<Measure> measures) {
    CaseFacts {
        labels = new TreeMap<>(labels);
        measures = List.copyOf(measures);
    }

    /**
     * Something that was done.
     *
     * @param kind key of its text, such as {@code ISOLATE}
     * @param state key of the text of what became of it, such as {@code COMMAND_DONE}; null: it is done
     * @param detail such as the number of a policy's revision
     */
    record Measure(Instant at, String kind, @Nullable String state, String detail) {}
}
