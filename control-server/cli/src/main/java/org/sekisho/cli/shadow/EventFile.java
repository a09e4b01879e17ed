package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.JsonNode;

/** The file in an event on a medium. */
final class EventFile {
    private EventFile() {}

    /** A missing node where it is of no file. */
    static JsonNode of(JsonNode event) {
        return event.at("/detail/attempt/attempt/media/file");
    }
}
