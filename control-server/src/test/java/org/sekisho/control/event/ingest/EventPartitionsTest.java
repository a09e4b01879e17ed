package org.sekisho.control.event.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EventPartitionsTest {
    @Inject
    EventPartitions partitions;

    @Inject
    Jdbi jdbi;

    @Test
    void dropsWholeDaysThatAreTooOldAndNoOthers() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        // Kept for 1,096 days.
        String old = partitions.ensure(today.minusDays(1_097));
        String kept = partitions.ensure(today.minusDays(1_096));
        jdbi.useHandle(handle -> handle.execute("INSERT INTO " + old
                + " (received_at, id, seq, occurred_at, branch, kind, channel, verdict, severity, enforcement, terminal, hash, body)"
                + " VALUES ('" + today.minusDays(1_097)
                + " 12:00:00+00', 1, 1, now(), 0, 10, 0, 0, 0, 0, 't', '', '')"));

        assertThat(partitions.dropOld()).isEqualTo(1);
        assertThat(partitions.dropOld()).isZero();

        assertThat(tables()).doesNotContain(old).contains(kept);
        assertThat(Api.administrator().get("/api/v1/audit").json().toString()).contains("events.expire", old);
        // A day that comes back is made anew.
        assertThat(partitions.ensure(today.minusDays(1_097))).isEqualTo(old);
        assertThat(tables()).contains(old);
        partitions.dropOld();
    }

    @Test
    void makesTheComingDaysAheadOfTime() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(tables())
                .contains(
                        "event_" + today.toString().replace("-", ""),
                        "event_" + today.plusDays(7).toString().replace("-", ""));
    }

    private List<String> tables() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'event'::regclass")
                .mapTo(String.class)
                .list());
    }
}
