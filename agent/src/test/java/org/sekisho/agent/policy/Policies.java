package org.sekisho.agent.policy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.sekisho.policy.PolicySigner;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.Verdict;

/** Makes signed policies for terminal-7 of tenant-1. */
public final class Policies {
    private final KeyPair keys;
    private final Instant now;

    public Policies(Instant now) throws NoSuchAlgorithmException {
        this(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), now);
    }

    public Policies(KeyPair keys, Instant now) {
        this.keys = keys;
        this.now = now;
    }

    public PolicyVerifier verifier() {
        return new PolicyVerifier(
                List.of(keys.getPublic()), "tenant-1", Set.of("segment:MY_NUMBER", "terminal:terminal-7"));
    }

    public static Policy policy(long revision, Verdict clipboard, boolean auditOnly) {
        Policy.Builder policy = Policy.newBuilder()
                .setRevision(revision)
                .setSegment(Segment.MY_NUMBER)
                .setName("test")
                .setAuditOnly(auditOnly);
        for (Channel channel : Channel.values()) {
            if (channel != Channel.CHANNEL_UNSPECIFIED && channel != Channel.UNRECOGNIZED) {
                policy.addDefaults(ChannelDefault.newBuilder()
                        .setChannel(channel)
                        .setVerdict(
                                channel == Channel.CLIPBOARD
                                        ? clipboard
                                        : channel == Channel.MEDIA ? Verdict.ALLOW : Verdict.BLOCK));
            }
        }
        return policy.build();
    }

    public SignedPayload.Builder payload(Policy policy) {
        return SignedPayload.newBuilder()
                .setTenant("tenant-1")
                .setAudience("segment:MY_NUMBER")
                .setRevision(policy.getRevision())
                .setNotBefore(now.getEpochSecond() - 60)
                .setExpiresAt(now.getEpochSecond() + 86_400)
                .setPolicy(policy);
    }

    public Signed sign(SignedPayload.Builder payload) {
        return new PolicySigner(keys).sign(payload.build());
    }

    public Signed signed(long revision) {
        return sign(payload(policy(revision, Verdict.BLOCK, false)));
    }
}
