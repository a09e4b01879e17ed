package org.sekisho.event;

import com.google.protobuf.ByteString;
import java.util.Objects;

/**
 * Where a terminal's chain stands: its last event's position and hash.
 *
 * @param seq sequence number of the last event; 0 before the first
 * @param hash that event's hash, {@value EventChain#HASH_BYTES} bytes; all zero before the first
 */
public record ChainHead(long seq, ByteString hash) {
    /** The head of a chain without events. */
    public static final ChainHead GENESIS = new ChainHead(0, ByteString.copyFrom(new byte[EventChain.HASH_BYTES]));

    /** @throws IllegalArgumentException if seq is negative or the hash has another length than a SHA-256 */
    public ChainHead {
        Objects.requireNonNull(hash, "hash is null");
        if (seq < 0) {
            throw new IllegalArgumentException("seq of a chain head must not be negative, but is " + seq);
        }
        if (hash.size() != EventChain.HASH_BYTES) {
            throw new IllegalArgumentException(
                    "hash of a chain head must have " + EventChain.HASH_BYTES + " bytes, but has " + hash.size());
        }
    }
}
