package org.sekisho.agent.uplink;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** Reads an event's number without building the event: the uplink passes on bytes that it need not understand. Pure. */
final class Sequence {
    private Sequence() {}

    /**
     * The event's number.
     *
     * @throws IOException if its body can't be read, or has none
     */
    static long of(ChainedEvent event) throws IOException {
        CodedInputStream body = event.getBody().newCodedInput();
        for (int tag = body.readTag(); tag != 0; tag = body.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Event.SEQ_FIELD_NUMBER) {
                return body.readUInt64();
            }
            body.skipField(tag);
        }
        throw new IOException("an event of the journal has no number");
    }
}
