package org.sekisho.policy;

import com.google.protobuf.ByteString;
import org.sekisho.v1.Refusal;

/**
 * What a terminal makes of a signed document that is no policy.
 *
 * @param <T> the document
 */
public sealed interface DocumentVerification<T> {
    /**
     * It holds.
     *
     * @param revision the new floor
     * @param payloadSha256 32 bytes: which document it was
     */
    record Accepted<T>(T document, long revision, ByteString payloadSha256) implements DocumentVerification<T> {}

    /**
     * It does not hold; the one before stays.
     *
     * @param detail what was found and what was expected, in English
     * @param claimedRevision what the document says, not to be trusted; 0 when it could not be read
     * @param payloadSha256 32 bytes: which document it was
     */
    record Refused<T>(Refusal refusal, String detail, long claimedRevision, ByteString payloadSha256)
            implements DocumentVerification<T> {}
}
