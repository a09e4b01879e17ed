package org.sekisho.control.event.ingest;

import org.sekisho.control.incident.IncidentKind;
import org.sekisho.v1.ChainedEvent;

/** Something that was sent as an event and can't be one; kept as it was sent. */
record Quarantined(IncidentKind reason, String detail, ChainedEvent message) {}
