package org.sekisho.policy;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * Decides whether a terminal may use a signed permit book or media register. Nothing of a document is looked at before its
 * signature holds. Immutable, safe for all threads.
 *
 * @param <T> the document
 */
public final class DocumentVerifier<T> {
    private final SignedVerifier verifier;
    private final SignedVerifier.Content content;
    private final Function<SignedPayload, T> document;

    private DocumentVerifier(
            SignedVerifier verifier,
            String name,
            Predicate<SignedPayload> present,
            Function<SignedPayload, T> document,
            Function<T, List<String>> faults) {
        this.verifier = verifier;
        this.document = document;
        this.content = new SignedVerifier.Content() {
            @Override
            public @Nullable Fault shape(SignedPayload payload) {
                return present.test(payload) ? null : new Fault(Refusal.MALFORMED, "the payload holds no " + name);
            }

            @Override
            public @Nullable Fault address(SignedPayload payload) {
                return null;
            }

            @Override
            public @Nullable Fault check(SignedPayload payload, Instant now) {
                List<String> found = faults.apply(document.apply(payload));
                return found.isEmpty()
                        ? null
                        : new Fault(Refusal.CHECK_FAILED, found.size() + " errors; the first: " + found.get(0));
            }
        };
    }

    /** For the permit book of one terminal; another terminal's is refused, whatever it holds. */
    public static DocumentVerifier<PermitBook> permits(Collection<PublicKey> trusted, String tenant, String terminal) {
        return new DocumentVerifier<>(
                new SignedVerifier(trusted, tenant, Set.of("terminal:" + terminal)),
                "permit book",
                SignedPayload::hasPermits,
                SignedPayload::getPermits,
                book -> PermitCheck.faults(book, terminal));
    }

    /** For the media register of a segment. */
    public static DocumentVerifier<MediaRegister> mediaRegister(
            Collection<PublicKey> trusted, String tenant, Segment segment) {
        return new DocumentVerifier<>(
                new SignedVerifier(trusted, tenant, Set.of("segment:" + segment)),
                "media register",
                SignedPayload::hasMediaRegister,
                SignedPayload::getMediaRegister,
                MediaRegisterCheck::faults);
    }

    /**
     * Verifies a document.
     *
     * @param floor the highest revision accepted so far; the same document again is accepted again
     * @param now the terminal's trusted time
     */
    public DocumentVerification<T> verify(Signed signed, RevisionFloor floor, Instant now) {
        return switch (verifier.open(signed, content, floor, now)) {
            case Opened.Sound sound ->
                new DocumentVerification.Accepted<>(
                        document.apply(sound.payload()), sound.payload().getRevision(), sound.payloadSha256());
            case Opened.Unsound unsound -> {
                Verification.Refused refused = unsound.refused();
                yield new DocumentVerification.Refused<>(
                        refused.refusal(), refused.detail(), refused.claimedRevision(), refused.payloadSha256());
            }
        };
    }
}
