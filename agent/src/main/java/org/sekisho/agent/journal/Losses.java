package org.sekisho.agent.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.LossCause;

/**
 * What was lost and isn't recorded in the chain yet, and when it is to be.
 *
 * <p>The sums are part of the store's state, which is overwritten in place: they survive a crash without taking room. The
 * first loss is recorded at once. While room stays short, further records come a minute later, then two, then four, up to a
 * day apart: a month without contact takes some fifty records from the reserve, and not fifty thousand.
 *
 * <p>Not thread safe.
 */
final class Losses {
    private static final long FIRST_PAUSE_NANOS = 60_000_000_000L;
    /** Without room even for the record. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    private static final long LONGEST_PAUSE_NANOS = 86_400_000_000_000L;

    private final Map<LossCause, Lost> pending = new EnumMap<>(LossCause.class);
    private long pauseNanos;
    private long notBefore;

    Losses(StoreState state) {
        for (Lost lost : new @Nullable Lost[] {state.full(), state.disk()}) {
            if (lost != null) {
                add(lost);
            }
        }
    }

    void add(Lost lost) {
        pending.put(lost.cause(), Lost.plus(pending.get(lost.cause()), lost));
    }

    @Nullable
    Lost pending(LossCause cause) {
        return pending.get(cause);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** What is to be recorded now. */
    List<Lost> due(long nowNanos) {
        return pauseNanos == 0 || nowNanos - notBefore >= 0 ? all() : List.of();
    }

    /** Everything, due or not. */
    List<Lost> all() {
        return new ArrayList<>(pending.values());
    }

    /** How long until the next record is due; meaningful while something is pending. */
    long waitNanos(long nowNanos) {
        return pauseNanos == 0 ? 0 : Math.max(0, notBefore - nowNanos);
    }

    /** There was no room for what was due: later. */
    void postpone(long nowNanos) {
        pauseNanos = Math.max(pauseNanos, RETRY_NANOS);
        notBefore = nowNanos + RETRY_NANOS;
    }

    /** These stand in the chain now, durable. */
    void recorded(List<Lost> done, long nowNanos) {
        if (done.isEmpty()) {
            return;
        }
        done.forEach(lost -> pending.remove(lost.cause()));
        pauseNanos = pauseNanos == 0 ? FIRST_PAUSE_NANOS : Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
        notBefore = nowNanos + pauseNanos;
    }

    /** Room is back: what is pending is recorded at once, and so is the next first loss. */
    void roomIsBack() {
        pauseNanos = 0;
    }
}
