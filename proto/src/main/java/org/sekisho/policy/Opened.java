package org.sekisho.policy;

import com.google.protobuf.ByteString;
import org.sekisho.v1.SignedPayload;

/** What became of opening a signed document. */
sealed interface Opened {
    /**
     * Everything holds.
     *
     * @param payloadSha256 32 bytes: which document it was
     */
    record Sound(SignedPayload payload, ByteString payloadSha256) implements Opened {}

    /** Something does not. */
    record Unsound(Verification.Refused refused) implements Opened {}
}
