package org.sekisho.agent.journal;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a checkpoint is due, and making it. {@link #use} from any thread; the rest on the writer's thread. */
final class Signing {
    private static final Logger LOG = LoggerFactory.getLogger(Signing.class);

    /** A key that fails (a card pulled out) is asked again after this time. */
    private static final long RETRY_NANOS = 60_000_000_000L;

    private final String terminal;
    private final int everyEvents;
    private final long everyNanos;
    private volatile CheckpointSigner signer;
    private int events;
    private long since;
    private boolean failed;
    private long notBefore;

    Signing(JournalSetup setup) {
        terminal = setup.terminal();
        everyEvents = setup.limits().checkpointEvents();
        everyNanos = setup.limits().checkpointInterval().toNanos();
        signer = setup.signer();
        since = setup.clocks().monotonicNanos();
    }

    void use(CheckpointSigner next) {
        signer = next;
    }

    /**
     * Whether a checkpoint should be made now.
     *
     * @param more events of the commit being built
     */
    boolean isDue(int more, long nowNanos) {
        int unsigned = events + more;
        if (failed && nowNanos - notBefore < 0) {
            return false;
        }
        return unsigned >= everyEvents || (unsigned > 0 && nowNanos - since >= everyNanos);
    }

    /** Whether there is anything that no checkpoint covers. */
    boolean isUnsigned(int more) {
        return events + more > 0;
    }

    /** How long until a checkpoint is due if nothing else happens. */
    long waitNanos(long nowNanos) {
        if (events == 0) {
            return Long.MAX_VALUE;
        }
        long due = events >= everyEvents ? 0 : since + everyNanos - nowNanos;
        return Math.max(0, failed ? Math.max(due, notBefore - nowNanos) : due);
    }

    /** Empty if the key can't sign now: it is tried again a minute later. */
    Optional<Event.Builder> checkpoint(ChainHead through, long nowNanos) {
        try {
            Event.Builder checkpoint = Event.newBuilder().setCheckpoint(signer.sign(terminal, through));
            failed = false;
            return Optional.of(checkpoint);
        } catch (GeneralSecurityException e) {
            failed = true;
            notBefore = nowNanos + RETRY_NANOS;
            LOG.error("cannot sign a checkpoint through event {}; check the terminal's key", through.seq(), e);
            return Optional.empty();
        }
    }

    /**
     * A commit is durable.
     *
     * @param behindCheckpoint its events after its last checkpoint; all of them if it has none
     * @param signed whether it has one
     */
    void committed(int behindCheckpoint, boolean signed, long nowNanos) {
        if (signed) {
            events = behindCheckpoint;
            since = nowNanos;
        } else {
            if (events == 0) {
                since = nowNanos;
            }
            events += behindCheckpoint;
        }
    }
}
