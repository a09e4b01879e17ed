package org.sekisho.control.shadow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.ShadowCopyStart;

/** Takes the copies that terminals send. Thread-safe. */
@Singleton
public class ShadowCopies {
    /** terminal.proto, ShadowCopyStart. */
    private static final int MAX_FAILURE = 500;

    private static final int SHA256_BYTES = 32;

    private final ArrivalStore store;

    @Inject
    ShadowCopies(ArrivalStore store) {
        this.store = store;
    }

    /**
     * Begins to take one; a terminal's copy that was still on its way is given up.
     *
     * @param terminal whose certificate the sender has
     * @return empty: it is kept already
     * @throws ShadowRefusedException if it can't be taken, or not now
     */
    public Optional<ShadowArrival> begin(String terminal, ShadowCopyStart start) throws ShadowRefusedException {
        if (!ShadowFormat.isId(start.getId())) {
            throw ShadowRefusedException.never("the copy's id is not 32 lower-case hex digits");
        }
        boolean failed = !start.getFailure().isEmpty();
        if (start.getFailure().length() > MAX_FAILURE) {
            throw ShadowRefusedException.never("a failure is told in at most " + MAX_FAILURE + " characters");
        }
        if (!failed
                && (start.getBytes() == 0
                        || Long.compareUnsigned(start.getBytes(), ShadowFormat.MOST_SEALED_BYTES) > 0)) {
            throw ShadowRefusedException.never("a copy has 1 to %d bytes, not %s"
                    .formatted(ShadowFormat.MOST_SEALED_BYTES, Long.toUnsignedString(start.getBytes())));
        }
        if (!failed && start.getSha256().size() != SHA256_BYTES) {
            throw ShadowRefusedException.never("the copy's SHA-256 does not have " + SHA256_BYTES + " bytes");
        }
        return store.begin(terminal, start).map(content -> new ShadowArrival(store, content, terminal, start));
    }
}
