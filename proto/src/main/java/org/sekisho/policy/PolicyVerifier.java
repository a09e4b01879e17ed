package org.sekisho.policy;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.policy.Verification.Accepted;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * Decides whether a terminal may run a signed policy. Nothing of a document is looked at before its signature holds.
 * Immutable, safe for all threads.
 */
public final class PolicyVerifier {
    /** The contract's bound on {@code Signed.payload}. */
    public static final int MAX_PAYLOAD_BYTES = 4 << 20;

    private static final String SEGMENT_AUDIENCE = "segment:";
    private static final Content CONTENT = new Content();

    private final SignedVerifier verifier;

    /**
     * Verifies for one terminal.
     *
     * @param trusted the keys that policies may be signed with
     * @param tenant the installation that the terminal belongs to
     * @param audiences whom the terminal stands for, such as {@code segment:MY_NUMBER} and {@code terminal:<id>}
     * @throws IllegalArgumentException when a key is not Ed25519, or there is nothing to compare with
     */
    public PolicyVerifier(Collection<PublicKey> trusted, String tenant, Set<String> audiences) {
        this.verifier = new SignedVerifier(trusted, tenant, audiences);
    }

    /**
     * Verifies a document.
     *
     * @param floor the highest revision accepted so far; the same document again is accepted again
     * @param now the terminal's clock
     */
    public Verification verify(Signed signed, RevisionFloor floor, Instant now) {
        return switch (verifier.open(signed, CONTENT, floor, now)) {
            case Opened.Sound sound ->
                new Accepted(sound.payload().getPolicy(), sound.payload().getRevision(), sound.payloadSha256());
            case Opened.Unsound unsound -> unsound.refused();
        };
    }

    private static final class Content implements SignedVerifier.Content {
        @Override
        public @Nullable Fault shape(SignedPayload payload) {
            if (!payload.hasPolicy()) {
                return new Fault(Refusal.MALFORMED, "the payload holds no policy");
            }
            if (payload.getPolicy().getRevision() != payload.getRevision()) {
                return new Fault(
                        Refusal.MALFORMED,
                        "the payload's revision " + Long.toUnsignedString(payload.getRevision())
                                + " is not the policy's "
                                + Long.toUnsignedString(payload.getPolicy().getRevision()));
            }
            return null;
        }

        @Override
        public @Nullable Fault address(SignedPayload payload) {
            String audience = payload.getAudience();
            String segment = payload.getPolicy().getSegment().name();
            return audience.startsWith(SEGMENT_AUDIENCE) && !audience.equals(SEGMENT_AUDIENCE + segment)
                    ? new Fault(Refusal.WRONG_AUDIENCE, "it is for " + audience + " and holds a policy of " + segment)
                    : null;
        }

        @Override
        public @Nullable Fault check(SignedPayload payload, Instant now) {
            List<Finding> errors = PolicyCheck.check(payload.getPolicy(), now).stream()
                    .filter(finding -> finding.level() == FindingLevel.ERROR)
                    .toList();
            if (errors.isEmpty()) {
                return null;
            }
            Finding first = errors.get(0);
            return new Fault(
                    Refusal.CHECK_FAILED,
                    errors.size() + " errors; the first at " + first.path() + ": " + first.text(Locale.ENGLISH));
        }
    }
}
