package org.sekisho.control.event;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sekisho.control.rest.ProblemException;

/** Reads that may take only so long: a search that must read too much is told so rather than left to starve the others. */
final class SearchLimit {
    /** PostgreSQL's own word for a statement that was stopped. */
    private static final String CANCELED = "57014";

    private final long end;

    private SearchLimit(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /** Something that reads, and says before each statement that it goes on. */
    interface Read<T> {
        T of(Handle handle, SearchLimit limit);
    }

    /**
     * Reads on one connection.
     *
     * @param time in whole seconds, as the database's driver counts
     * @throws TooLongException when the time is over
     */
    static <T> T within(Duration time, Jdbi jdbi, Read<T> read) throws TooLongException {
        SearchLimit limit = new SearchLimit(time);
        HandleCallback<T, TooLongException> callback = handle -> {
            limit.goOn(handle);
            return read.of(handle, limit);
        };
        try {
            return jdbi.withHandle(callback);
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

    /** Before a statement that may take long: it is stopped at the end of the second in which the time is over. */
    void goOn(Handle handle) {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new OutOfTime();
        }
        // The driver's own clock, which asks the database to stop; to tell the database beforehand would be a question
        // more.
        handle.getConfig(SqlStatements.class)
                .setQueryTimeout(
                        Math.toIntExact(Duration.ofNanos(left).plusMillis(999).toSeconds()));
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
