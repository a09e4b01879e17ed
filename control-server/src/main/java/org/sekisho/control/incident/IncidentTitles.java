package org.sekisho.control.incident;

import org.sekisho.control.rest.LocalText;
import org.sekisho.control.rest.WireNames;

/** What incidents are called: one line for people, which says nothing of a person. */
public final class IncidentTitles {
    private static final String TEXTS = "org.sekisho.control.incident.texts";

    private IncidentTitles() {}

    /**
     * The title.
     *
     * @param channel of an attempt, as the wire numbers it
     */
    public static LocalText of(IncidentKind kind, int channel) {
        return LocalText.of(
                TEXTS, kind == IncidentKind.ATTEMPT ? "title.ATTEMPT." + WireNames.channel(channel) : "title." + kind);
    }
}
