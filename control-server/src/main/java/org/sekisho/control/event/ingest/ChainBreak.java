package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.event.ChainHead;

/**
 * A place where a terminal's chain doesn't hold.
 *
 * @param branch on which the story goes on
 * @param seq from which it goes on
 * @param expected what stood there before
 * @param foundPrevHash what the event claims to follow
 */
record ChainBreak(IncidentKind kind, int branch, long seq, ChainHead expected, ByteString foundPrevHash) {}
