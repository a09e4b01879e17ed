package org.sekisho.control.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.sekisho.v1.Event;

/**
 * The whole event as it is recorded, which becomes JSON only when it is sent: a page of a hundred events is read far more
 * often than anybody looks into one of them.
 */
public record EventDetail(Event event) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    /** As the mapping of Protocol Buffers has it. */
    @JsonValue
    @JsonRawValue
    public String json() {
        try {
            return PRINTER.print(event);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored event cannot be written as JSON", e);
        }
    }

    /** The same, to be a part of something else. */
    public JsonNode tree() {
        try {
            return JSON.readTree(json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored event cannot be written as JSON", e);
        }
    }
}
