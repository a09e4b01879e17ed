package org.sekisho.agent.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Loss;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;

/**
 * Events that could not be kept and for which no loss record stands in the chain yet.
 *
 * @param count how many, at least 1
 * @param worst the strictest verdict among them; unspecified if none was an attempt
 */
record Lost(LossCause cause, long count, long firstMicros, long lastMicros, Verdict worst) {
    Lost {
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(worst, "worst is null");
    }

    static Lost plus(@Nullable Lost before, Lost more) {
        if (before == null) {
            return more;
        }
        return new Lost(
                more.cause,
                before.count + more.count,
                Math.min(before.firstMicros, more.firstMicros),
                Math.max(before.lastMicros, more.lastMicros),
                stricter(before.worst, more.worst));
    }

    Loss toEvent() {
        return Loss.newBuilder()
                .setCount(count)
                .setCause(cause)
                .setFirstAtMicros(firstMicros)
                .setLastAtMicros(lastMicros)
                .setWorstVerdict(worst)
                .build();
    }

    /** Verdicts are numbered from the mildest to the strictest in {@code policy.proto}. */
    private static Verdict stricter(Verdict a, Verdict b) {
        if (a == Verdict.UNRECOGNIZED || b == Verdict.UNRECOGNIZED) {
            return a == Verdict.UNRECOGNIZED ? b : a;
        }
        return a.getNumber() >= b.getNumber() ? a : b;
    }
}
