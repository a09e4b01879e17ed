package org.sekisho.control.event;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sekisho.control.rest.ProblemException;

/** Reads that may take only so long: a search that must read too much is told so rather than left to starve the others. */
final class SearchLimit {
    /** PostgreSQL's own word for a statement that was stopped. */
    private static final String CANCELED = "57014";

    /** By so much a search may take longer: to tell the database of what is left before each statement costs a search more. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final long end;
    private long told;

    private SearchLimit(Duration time) {
        this.told = System.nanoTime();
        this.end = told + time.toNanos();
    }

    /** Something that reads, and says before each statement that it goes on. */
    interface Read<T> {
        T of(Handle handle, SearchLimit limit);
    }

    /**
     * Reads in one transaction.
     *
     * @throws TooLongException when the time is over
     */
    static <T> T within(Duration time, Jdbi jdbi, Read<T> read) throws TooLongException {
        SearchLimit limit = new SearchLimit(time);
        HandleCallback<T, TooLongException> callback = handle -> {
            handle.createQuery("""
                            SELECT set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true),
                                   set_config('statement_timeout', :time, true)""")
                    .bind("time", String.valueOf(time.toMillis()))
                    .map((row, context) -> true)
                    .one();
            return read.of(handle, limit);
        };
        try {
            return jdbi.inTransaction(callback);
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException cause && CANCELED.equals(cause.getSQLState())) {
                throw new TooLongException(e);
            }
            throw e;
        } catch (OutOfTime e) {
            throw new TooLongException(e);
        }
    }

    /** The same for a request that has no other answer. */
    static <T> T withinOrProblem(Duration time, Jdbi jdbi, Read<T> read) {
        try {
            return within(time, jdbi, read);
        } catch (TooLongException e) {
            throw new ProblemException(
                    422,
                    "search-too-long",
                    "The search was stopped after " + time.toSeconds()
                            + " s: it must read too much. Narrow it by time, terminal, person or a longer text");
        }
    }

    /** Before each statement: it may take what is left, and {@link #GRACE} more. */
    void goOn(Handle handle) {
        long now = System.nanoTime();
        long left = Duration.ofNanos(end - now).toMillis();
        if (left <= 0) {
            throw new OutOfTime();
        }
        if (now - told < GRACE.toNanos()) {
            return;
        }
        told = now;
        handle.createQuery("SELECT set_config('statement_timeout', :left, true)")
                .bind("left", String.valueOf(left))
                .map((row, context) -> true)
                .one();
    }

    /** The time is over. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLongException(Throwable cause) {
            super("The search took too long", cause);
        }
    }

    private static final class OutOfTime extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
