package org.sekisho.agent.policy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.v1.Policy;

/**
 * What decides now. Whoever holds one decides by this revision, whatever is switched meanwhile.
 *
 * @param decider decides
 * @param revision 0: no policy, everything but the keyboard is denied
 * @param payloadSha256 which document it is; empty if none
 */
public record RunningPolicy(PolicyDecider decider, long revision, ByteString payloadSha256) {
    /** No policy: fail closed. */
    public static final RunningPolicy NONE = new RunningPolicy(PolicyDecider.failClosed(), 0, ByteString.EMPTY);

    /** The terminal is isolated: fail closed, whatever the policy. */
    public static final RunningPolicy ISOLATED = new RunningPolicy(PolicyDecider.isolated(), 0, ByteString.EMPTY);

    public RunningPolicy {
        requireNonNull(decider, "decider is null");
        requireNonNull(payloadSha256, "payloadSha256 is null");
    }

    static RunningPolicy of(Policy policy, long revision, ByteString payloadSha256) {
        return new RunningPolicy(PolicyDecider.of(policy), revision, payloadSha256);
    }

    /** The policy; the default instance, which denies every channel, if there is none. */
    public Policy policy() {
        return decider.policy();
    }

    /** Whether everything is recorded as decided, but nothing is stopped. */
    public boolean auditOnly() {
        return policy().getAuditOnly();
    }
}
