package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.shadow.ShadowArrival;
import org.sekisho.control.shadow.ShadowRefusedException;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.ShadowCopyStart;

/**
 * One shadow copy that comes in. gRPC calls it with one part at a time, on a thread that may wait, and asks for the next when this
 * one is written down; only the timer ends it from elsewhere.
 */
final class ShadowUpload implements StreamObserver<ShadowCopyPart> {
    private static final Logger LOG = Logger.getLogger(ShadowUpload.class);
    /** terminal.proto, ShadowCopyPart. */
    private static final int MAX_PART = 256 << 10;
    /** A part takes a second or two also over a slow line. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Peer peer;
    private final ServerCallStreamObserver<ShadowCopyKept> call;
    private final ShadowIntake intake;
    private final StreamTimer timer;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable ShadowArrival arrival;
    private @Nullable Future<?> silence;
    private boolean entered;

    ShadowUpload(Peer peer, ServerCallStreamObserver<ShadowCopyKept> call, ShadowIntake intake, StreamTimer timer) {
        this.peer = peer;
        this.call = call;
        this.intake = intake;
        this.timer = timer;
    }

    /** Waits for the start. */
    void open() {
        next();
    }

    private void next() {
        silence = timer.after(
                SILENCE,
                () -> end(Status.DEADLINE_EXCEEDED.withDescription(
                        "nothing of the copy came within " + SILENCE.toSeconds() + " s")));
        call.request(1);
    }

    private void heard() {
        Future<?> awaited = silence;
        if (awaited != null) {
            awaited.cancel(false);
        }
    }

    @Override
    public void onNext(ShadowCopyPart part) {
        heard();
        if (!over.get()) {
            guarded(() -> {
                take(part);
                if (!over.get()) {
                    next();
                }
            });
        }
    }

    private void take(ShadowCopyPart part) throws ShadowRefusedException {
        ShadowArrival arriving = arrival;
        switch (part.getPartCase()) {
            case START -> {
                if (arriving == null) {
                    start(part.getStart());
                } else {
                    end(Status.INVALID_ARGUMENT.withDescription("the start came twice"));
                }
            }
            case BYTES -> {
                if (arriving == null || part.getBytes().size() > MAX_PART) {
                    end(Status.INVALID_ARGUMENT.withDescription(
                            "the start comes first, then parts of at most " + MAX_PART + " bytes"));
                } else {
                    arriving.take(part.getBytes());
                }
            }
            case PART_NOT_SET -> end(Status.INVALID_ARGUMENT.withDescription("a part is neither a start nor bytes"));
        }
    }

    private void start(ShadowCopyStart start) throws ShadowRefusedException {
        entered = intake.enter();
        if (!entered) {
            end(Status.RESOURCE_EXHAUSTED.withDescription("other copies are coming in; try again later"));
            return;
        }
        Optional<ShadowArrival> begun = intake.begin(peer, start);
        if (begun.isEmpty()) {
            kept();
        } else {
            arrival = begun.get();
        }
    }

    @Override
    public void onCompleted() {
        heard();
        if (!over.get()) {
            guarded(() -> {
                ShadowArrival arriving = arrival;
                if (arriving == null) {
                    end(Status.INVALID_ARGUMENT.withDescription("no start came"));
                } else if (intake.isRevoked(peer)) {
                    end(Supersession.REVOKED);
                } else {
                    arriving.keep();
                    kept();
                }
            });
        }
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (ShadowRefusedException e) {
            end(intake.refusal(peer, e));
        } catch (RuntimeException e) {
            LOG.errorf(e, "A shadow copy of terminal %s could not be stored", peer.id());
            end(Status.UNAVAILABLE.withDescription("the copy could not be stored; send it again later"));
        }
    }

    private void kept() {
        if (over.compareAndSet(false, true)) {
            call.onNext(ShadowCopyKept.getDefaultInstance());
            call.onCompleted();
        }
    }

    private void end(Status status) {
        if (over.compareAndSet(false, true)) {
            call.onError(status.asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    /** The call is over, however it ended; comes after all else. */
    void gone() {
        over.set(true);
        heard();
        ShadowArrival arriving = arrival;
        arrival = null;
        try {
            if (arriving != null) {
                arriving.discard();
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "What came of a shadow copy of terminal %s is deleted later", peer.id());
        } finally {
            if (entered) {
                entered = false;
                intake.left();
            }
        }
    }

    /** What may find out that the copy can't be taken. */
    private interface Step {
        void run() throws ShadowRefusedException;
    }
}
