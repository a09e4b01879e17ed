package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import org.sekisho.event.ChainHead;

/**
 * Where a terminal's story stands in the store.
 *
 * @param branch 0: the chain; each place where it doesn't hold starts the next
 * @param head last event of the branch
 */
public record ChainPosition(int branch, ChainHead head) {
    /** Number of the last event. */
    public long seq() {
        return head.seq();
    }

    /** Hash of the last event. */
    public ByteString hash() {
        return head.hash();
    }
}
