package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.shape.EventShape;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.v1.Event;

/**
 * An event that follows what is known of its terminal.
 *
 * @param body the exact bytes that are hashed
 * @param shape what it is searched for by text
 * @param shapeHash the shape's name
 * @param report why a person must look at it; null: nobody must
 */
record VerifiedEvent(
        int branch,
        Event event,
        ByteString body,
        ByteString hash,
        EventShape shape,
        long shapeHash,
        @Nullable IncidentReport report) {
    static VerifiedEvent of(
            int branch, Event event, ByteString body, ByteString hash, @Nullable IncidentReport report) {
        EventShape shape = EventShape.of(event);
        return new VerifiedEvent(branch, event, body, hash, shape, shape.hash(), report);
    }
}
