package org.sekisho.control.terminal.link;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;

/**
 * What a terminal runs, and what its stream was last given: it is never given one before either, which it would have to
 * refuse. What it refused doesn't count: where somebody planted a policy, the genuine one of the same number still comes.
 * Thread-safe.
 */
final class GivenPolicies {
    private long running;
    private @Nullable PushedDocument last;

    /** The terminal says that it runs this revision. */
    synchronized void runs(long revision) {
        running = Long.compareUnsigned(revision, running) > 0 ? revision : running;
    }

    /** Whether this is to be given; it counts as given from then on. */
    synchronized boolean isNews(PushedDocument policy) {
        boolean news = Long.compareUnsigned(policy.revision(), running) > 0
                && (last == null || Long.compareUnsigned(policy.revision(), last.revision()) > 0);
        if (news) {
            last = policy;
        }
        return news;
    }

    /** The terminal has answered. */
    synchronized void heard(PolicyAck ack) {
        if (ack.getProgress() == PolicyProgress.POLICY_ENFORCED) {
            runs(ack.getRevision());
        } else if (ack.getProgress() == PolicyProgress.POLICY_REFUSED
                && last != null
                && sha256(last.message().getPolicy().getPayload()).equals(ack.getPayloadSha256())) {
            last = null;
        }
    }

    private static ByteString sha256(ByteString bytes) {
        try {
            return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
