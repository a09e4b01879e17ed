package org.sekisho.agent.journal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Verdict;

/**
 * One event on its way into the chain.
 *
 * @param bodyBytes serialized size of the body without its frame
 * @param repeatKey what a repetition of it would look like; null: it is never counted together with others
 * @param done completed on the writer's thread, once
 */
record Entry(
        Event.Builder body,
        int bodyBytes,
        Importance importance,
        Stamp stamp,
        @Nullable AttemptEvent repeatKey,
        CompletableFuture<Recorded> done) {

    static Entry of(Event.Builder body, Importance importance, Stamp stamp) {
        return new Entry(
                body,
                body.buildPartial().getSerializedSize(),
                importance,
                stamp,
                RepeatKey.of(body, importance),
                new CompletableFuture<>());
    }

    /** An event of the journal itself. */
    static Entry own(Event.Builder body, Stamp stamp) {
        return of(body, Importance.MUST_KEEP, stamp);
    }

    /** Bytes of the whole body once it is framed, from above. */
    int framedBytes() {
        return bodyBytes + Links.FRAME_BYTES;
    }

    boolean isOrdinary() {
        return importance == Importance.ORDINARY;
    }

    /** How many acts it stands for. */
    long weight() {
        return body.hasAttempt()
                ? Math.max(1, Integer.toUnsignedLong(body.getAttempt().getCount()))
                : 1;
    }

    Verdict verdict() {
        return body.hasAttempt() ? body.getAttempt().getDecision().getVerdict() : Verdict.VERDICT_UNSPECIFIED;
    }
}
