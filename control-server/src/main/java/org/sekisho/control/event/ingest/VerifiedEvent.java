package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.v1.Event;

/**
 * An event that follows what is known of its terminal.
 *
 * @param body the exact bytes that are hashed
 * @param report why a person must look at it; null: nobody must
 */
record VerifiedEvent(
        int branch,
        Event event,
        ByteString body,
        ByteString hash,
        @Nullable IncidentReport report) {}
