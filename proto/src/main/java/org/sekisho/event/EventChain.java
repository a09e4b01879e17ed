package org.sekisho.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/**
 * Makes the links of a terminal's chain: {@code hash = SHA-256(prev_hash ‖ body)}, where {@code body} is the event as it was
 * serialized once and is never serialized again (see {@code event.proto}).
 */
public final class EventChain {
    /** Length of a SHA-256. */
    public static final int HASH_BYTES = 32;

    /** Upper bound of a serialized event, from {@code event.proto}. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    /** Length of {@code Event.boot}, from {@code event.proto}. */
    public static final int BOOT_BYTES = 16;

    private EventChain() {}

    /**
     * Links an event to the one before it.
     *
     * @param prevHash hash of the event before, {@value #HASH_BYTES} bytes; of {@link ChainHead#GENESIS} for the first
     * @throws IllegalArgumentException if prevHash has another length, or the event serializes to nothing or to more than
     *     {@value #MAX_BODY_BYTES} bytes
     */
    public static ChainedEvent link(ByteString prevHash, Event event) {
        if (prevHash.size() != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "previous hash must have " + HASH_BYTES + " bytes, but has " + prevHash.size());
        }
        int size = event.getSerializedSize();
        if (size == 0 || size > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("event " + event.getSeq() + " serializes to " + size
                    + " bytes; allowed are 1 to " + MAX_BODY_BYTES + ": shorten its texts");
        }
        ByteString body = event.toByteString();
        return ChainedEvent.newBuilder()
                .setPrevHash(prevHash)
                .setBody(body)
                .setHash(UnsafeByteOperations.unsafeWrap(new ChainHash().of(prevHash, body)))
                .build();
    }
}
