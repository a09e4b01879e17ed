package org.sekisho.control.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class OverviewTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Api administrator = Api.administrator();

    @Inject
    AttemptCounter counter;

    @Inject
    Jdbi jdbi;

    private static String newUnit() {
        return "部" + UUID.randomUUID();
    }

    /** As somebody of this division alone, who sees what no other test has done. */
    private Api of(String unit) {
        return administrator.withRoles(Api.role("auditor", unit));
    }

    private TestTerminal attempting(String unit, int allowed, int stopped) {
        TestTerminal terminal = TestTerminal.enrolIn(administrator, unit);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            List<ChainedEvent> events = new ArrayList<>(journal.pastes(allowed));
            // What was copied is seen, but decided about only where it is pasted.
            events.add(journal.add(event -> event.setAttempt(
                    TestJournal.paste("hanako", Verdict.VERDICT_UNSPECIFIED, Severity.SEVERITY_UNSPECIFIED))));
            for (int i = 0; i < stopped; i++) {
                events.add(journal.blocked("hanako"));
            }
            stream.events(events);
            stream.awaitAck(events.size());
        }
        return terminal;
    }

    private static long sum(JsonNode figures) {
        return StreamSupport.stream(figures.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    /** Attempts and stopped ones of the division itself, as its overview shows them. */
    private List<Long> counted(Api reader, String unit) {
        counter.count();
        return StreamSupport.stream(
                        reader.get("/api/v1/overview?days=7&utcOffset=540")
                                .json()
                                .at("/attempts/divisions")
                                .spliterator(),
                        false)
                .filter(line -> line.get("name").asText().equals(unit))
                .map(line -> List.of(sum(line.get("attempts")), sum(line.get("stopped"))))
                .findFirst()
                .orElse(List.of(0L, 0L));
    }

    @Test
    void countsEachAttemptOnce() {
        String unit = newUnit();
        Api reader = of(unit);
        attempting(unit, 3, 2);
        await().atMost(SOON).until(() -> counted(reader, unit).equals(List.of(5L, 2L)));
        attempting(unit, 1, 0);
        await().atMost(SOON).until(() -> counted(reader, unit).equals(List.of(6L, 2L)));

        JsonNode attempts =
                reader.get("/api/v1/overview?days=7&utcOffset=540").json().get("attempts");
        assertThat(attempts.get("channels")).hasSize(1);
        assertThat(attempts.at("/channels/0/name").asText()).isEqualTo("CLIPBOARD");
        assertThat(attempts.at("/channels/0/attempts")).hasSize(7);
        assertThat(attempts.get("from").asText()).as("midnight in Japan").endsWith("T15:00:00Z");
    }

    @Test
    void countsBelongToTheDivisionEvenWhenItIsRenamed() {
        String unit = newUnit();
        attempting(unit, 2, 1);
        Api everybody = administrator.withRole("auditor");
        await().atMost(SOON).until(() -> total(unit) == 3);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt_count SELECT hour, ?, channel, verdict, 10 FROM attempt_count WHERE org_unit = ?",
                "新" + unit,
                unit));

        assertThat(administrator
                        .post("/api/v1/org-units/rename", Map.of("from", unit, "to", "新" + unit))
                        .status())
                .isBetween(200, 299);
        assertThat(total(unit)).isZero();
        assertThat(total("新" + unit)).as("joined with what was left there").isEqualTo(23);
        assertThat(everybody.get("/api/v1/overview").status()).isEqualTo(200);
    }

    private long total(String unit) {
        counter.count();
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(sum(attempts), 0) FROM attempt_count WHERE org_unit = :unit")
                .bind("unit", unit)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void showsABranchItsOwnAlone() {
        String unit = newUnit();
        String other = newUnit();
        TestTerminal terminal = attempting(unit, 1, 1);
        attempting(other, 5, 5);
        Api reader = of(unit);
        await().atMost(SOON).until(() -> counted(reader, unit).equals(List.of(2L, 1L)));
        await().atMost(SOON).until(() -> counted(of(other), other).equals(List.of(10L, 5L)));

        JsonNode overview = reader.get("/api/v1/overview").json();
        assertThat(overview.at("/attempts/divisions")).hasSize(1);
        assertThat(overview.at("/terminals/total").asLong()).isEqualTo(1);
        assertThat(overview.at("/incidents/open").asLong()).isEqualTo(1);
        assertThat(overview.at("/oldestIncident/terminal").asText()).isEqualTo(terminal.id());
        assertThat(overview.at("/alarms/open").asLong()).isZero();
        assertThat(overview.at("/permits/inForce").asLong()).isZero();
    }

    @Test
    void namesEachSegmentsNewestPolicyOnce() {
        List<String> segments = new ArrayList<>();
        administrator
                .get("/api/v1/overview")
                .json()
                .get("policies")
                .forEach(policy -> segments.add(policy.get("segment").asText()));
        assertThat(segments).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"days=0", "days=367", "utcOffset=1081"})
    void refusesWhatItCantShow(String query) {
        assertThat(administrator.get("/api/v1/overview?" + query).status()).isEqualTo(400);
    }
}
