package org.sekisho.policy;

import com.google.protobuf.ByteString;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Refusal;

/** What a terminal makes of a signed policy. */
public sealed interface Verification {
    /**
     * The policy may run.
     *
     * @param policy found without error by {@link PolicyCheck}
     * @param revision the new floor
     * @param payloadSha256 32 bytes: which document it was
     */
    record Accepted(Policy policy, long revision, ByteString payloadSha256) implements Verification {}

    /**
     * The policy must not run; the last good one stays.
     *
     * @param refusal why
     * @param detail what was found and what was expected, in English; for the event, and for people who look into it
     * @param claimedRevision what the document says, not to be trusted; 0 when it could not be read
     * @param payloadSha256 32 bytes: which document it was
     */
    record Refused(Refusal refusal, String detail, long claimedRevision, ByteString payloadSha256)
            implements Verification {}
}
