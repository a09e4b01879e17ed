package org.sekisho.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.event.SearchLimit.TooLongException;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.testing.ServerUnderTest;

/** On a real PostgreSQL: what reads for longer is stopped there, and what doesn't is left alone. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class SearchLimitTest {
    @Inject
    Jdbi jdbi;

    @Test
    void whatTakesTooLongIsStoppedInTheDatabase() {
        String mark = "sekisho limit " + System.nanoTime();

        assertThatThrownBy(() ->
                        SearchLimit.within(Duration.ofSeconds(1), jdbi, (handle, limit) -> wait(handle, mark, 60)))
                .isInstanceOf(TooLongException.class);
        assertThat(running(mark)).isZero();
        assertThatThrownBy(() -> SearchLimit.withinOrProblem(
                        Duration.ofSeconds(1), jdbi, (handle, limit) -> wait(handle, mark, 60)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Narrow it");
    }

    @Test
    void whatIsOverBeforeAStatementIsToldWithoutAsking() {
        assertThatThrownBy(() -> SearchLimit.within(Duration.ZERO, jdbi, (handle, limit) -> wait(handle, "none", 0)))
                .isInstanceOf(TooLongException.class);
    }

    @Test
    void whatIsQuickIsAnsweredAndTheConnectionHasNoLimitAfterwards() throws TooLongException {
        assertThat(SearchLimit.<Integer>within(
                        Duration.ofSeconds(1), jdbi, (handle, limit) -> wait(handle, "quick", 0)))
                .isEqualTo(1);
        // Longer than the limit that the search had, perhaps on its connection.
        assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> wait(handle, "free", 1.5)))
                .isEqualTo(1);
    }

    @Test
    void otherFailuresStayWhatTheyAre() {
        assertThatThrownBy(() -> SearchLimit.within(
                        Duration.ofSeconds(1), jdbi, (handle, limit) -> handle.execute("SELECT 1 / 0")))
                .hasMessageContaining("division by zero");
    }

    private static int wait(Handle handle, String mark, double seconds) {
        return handle.createQuery("SELECT 1 FROM pg_sleep(:seconds) -- " + mark)
                .bind("seconds", seconds)
                .mapTo(Integer.class)
                .one();
    }

    private int running(String mark) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || :mark""").bind("mark", mark).mapTo(Integer.class).one());
    }
}
