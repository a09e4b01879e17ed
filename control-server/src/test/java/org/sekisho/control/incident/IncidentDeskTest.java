package org.sekisho.control.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** A responder's day: the queue, one incident with what is around it, and its end. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class IncidentDeskTest extends IncidentDeskRig {
    private static final Map<String, String> MISTAKE = Map.of("kind", "MISTAKE", "text", "貼り付け先を誤った");

    @Test
    void theQueueTellsWhatIsNewMineAndOverdue() {
        long id = blocked(terminal, journal, person);
        Api responder = api.withRoles(Api.role("responder", bureau));
        String me = responder.get("/api/v1/session").json().at("/operator/name").asText();

        assertThat(counts(responder)).isEqualTo("1 0 0 1");
        patch(responder, id, Map.of("owner", me, "state", "IN_PROGRESS"));
        assertThat(counts(responder)).isEqualTo("0 1 0 1");
        assertThat(listed(responder, "mine=true")).containsExactly(id);
        assertThat(listed(responder, "overdue=true")).isEmpty();

        jdbi.useHandle(
                handle -> handle.execute("UPDATE incident SET due_at = now() - interval '1 minute' WHERE id = ?", id));
        assertThat(counts(responder)).isEqualTo("0 1 1 1");
        assertThat(listed(responder, "overdue=true")).containsExactly(id);
        assertThat(incident(responder, id).get("overdue").asBoolean()).isTrue();

        patch(responder, id, Map.of("state", "CLOSED", "finding", MISTAKE));
        assertThat(counts(responder)).isEqualTo("0 0 0 0");
        assertThat(listed(responder, "open=true")).isEmpty();
        assertThat(listed(responder, "state=CLOSED")).containsExactly(id);
    }

    @Test
    void nobodyClosesWithoutAFinding() {
        long id = blocked(terminal, journal, person);
        long version = incident(api, id).get("version").asLong();

        Answer without = api.patch(path(id), Map.of("state", "CLOSED", "version", version));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.json().get("code").asText()).isEqualTo("finding-missing");
        Answer early = api.patch(path(id), Map.of("finding", MISTAKE, "version", version));
        assertThat(early.status()).isEqualTo(422);
        assertThat(incident(api, id).get("version").asLong()).isEqualTo(version);

        JsonNode closed = patch(api, id, Map.of("state", "CLOSED", "finding", MISTAKE));
        assertThat(closed.at("/finding/kind").asText()).isEqualTo("MISTAKE");
        assertThat(closed.at("/finding/text").asText()).isEqualTo("貼り付け先を誤った");
        assertThat(closed.at("/finding/by").asText()).isEqualTo("installation");
        // A later remark leaves the finding; work that goes on takes it away.
        assertThat(patch(api, id, Map.of("note", "x")).at("/finding/kind").asText())
                .isEqualTo("MISTAKE");
        assertThat(patch(api, id, Map.of("state", "IN_PROGRESS")).has("finding"))
                .isFalse();
    }

    @Test
    void tagsAreSortedAndFound() {
        long id = blocked(terminal, journal, person);
        String tag = "年末" + UUID.randomUUID().toString().substring(0, 8);

        assertThat(patch(api, id, Map.of("tags", List.of("b", tag, "b"))).get("tags"))
                .extracting(JsonNode::asText)
                .containsExactly("b", tag);
        assertThat(listed(api, "tag=" + java.net.URLEncoder.encode(tag, java.nio.charset.StandardCharsets.UTF_8)))
                .containsExactly(id);
        long version = incident(api, id).get("version").asLong();
        assertThat(api.patch(path(id), Map.of("tags", List.of(" blank"), "version", version))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theTimelinePutsPersonAndTerminalAroundTheAttemptAndShowsNoMoreOfThem() {
        TestTerminal elsewhere = TestTerminal.enrolIn(api, bureau);
        TestTerminal foreign = TestTerminal.enrol(api);
        for (TestTerminal other : List.of(elsewhere, foreign)) {
            TestJournal own = TestJournal.of(other);
            send(other, own, event -> event.setAttempt(TestJournal.paste(person, Verdict.ALLOW, Severity.LOW)));
        }
        send(
                terminal,
                journal,
                event -> event.setAgentStopped(
                        org.sekisho.v1.AgentStopped.newBuilder().setCause("SIGTERM")));
        send(terminal, journal, event -> event.setAttempt(TestJournal.paste("jiro", Verdict.ALLOW, Severity.LOW)));
        long id = blocked(terminal, journal, person);
        Api responder = api.withRoles(Api.role("responder", bureau));

        JsonNode timeline = responder.get(path(id) + "/timeline").json();

        assertThat(relations(timeline)).containsExactlyInAnyOrder("INCIDENT", "PERSON", "TERMINAL", "TERMINAL");
        JsonNode own = entry(timeline, "INCIDENT");
        assertThat(own.get("what").asText()).contains("juki → mail");
        assertThat(own.get("rule").asText()).isEqualTo("no-numbers");
        assertThat(own.get("reason").asText()).isEqualTo("REASON_UNSPECIFIED");
        assertThat(own.has("permit")).isFalse();
        JsonNode around = entry(timeline, "PERSON");
        assertThat(around.get("terminal").asText()).isEqualTo(elsewhere.id());
        assertThat(around.get("verdict").asText()).isEqualTo("ALLOW");
        assertThat(around.has("what")).isFalse();
        assertThat(timeline.toString()).doesNotContain(foreign.id());
        // The whole organisation sees the third terminal too.
        assertThat(api.get(path(id) + "/timeline").json().toString()).contains(foreign.id());
    }

    @Test
    void eachLookIsRecordedOnceAndActsShowOnTheTimeline() {
        long id = blocked(terminal, journal, person);
        Api responder = api.withRoles(Api.role("responder", bureau));
        for (int look = 0; look < 3; look++) {
            responder.get(path(id));
            responder.get(path(id) + "/timeline");
        }
        assertThat(acts(id)).containsExactly("incident.view");
        jdbi.useHandle(handle ->
                handle.execute("UPDATE incident_look SET at = at - interval '16 minutes' WHERE incident = ?", id));
        responder.get(path(id));
        assertThat(acts(id)).containsExactly("incident.view", "incident.view");

        patch(responder, id, Map.of("note", "電話した"));
        JsonNode desk = entry(responder.get(path(id) + "/timeline").json(), "DESK");
        assertThat(desk.get("kind").asText()).isEqualTo("incident.update");
        assertThat(desk.get("what").asText()).doesNotContain("電話した");
    }

    @Test
    void whatSharesANumberADeviceOrAPersonIsSimilar() {
        int number = 0x123456 ^ (int) (System.nanoTime() & 0xFFFFFF);
        long id = opened(terminal, journal, carrying(person, number));
        TestTerminal second = TestTerminal.enrolIn(api, bureau);
        long sameNumber = opened(second, TestJournal.of(second), carrying("u-" + UUID.randomUUID(), number));
        TestTerminal third = TestTerminal.enrolIn(api, bureau);
        long samePerson = opened(third, TestJournal.of(third), carrying(person, number ^ 1));
        TestTerminal outside = TestTerminal.enrol(api);
        long foreign = opened(outside, TestJournal.of(outside), carrying("u-" + UUID.randomUUID(), number));
        Api responder = api.withRoles(Api.role("responder", bureau));

        JsonNode found = responder.get(path(id) + "/similar").json().get("items");
        assertThat(found).hasSize(2);
        assertThat(likeness(found, sameNumber)).isEqualTo("[\"NUMBER\"]");
        assertThat(likeness(found, samePerson)).isEqualTo("[\"PERSON\"]");
        assertThat(likeness(api.get(path(id) + "/similar").json().get("items"), foreign))
                .isEqualTo("[\"NUMBER\"]");

        String device = "serial-" + UUID.randomUUID();
        long one = opened(terminal, journal, stick("a-" + UUID.randomUUID(), device));
        TestTerminal fourth = TestTerminal.enrolIn(api, bureau);
        long other = opened(fourth, TestJournal.of(fourth), stick("b-" + UUID.randomUUID(), device));
        assertThat(likeness(responder.get(path(one) + "/similar").json().get("items"), other))
                .isEqualTo("[\"DEVICE\"]");
    }

    @Test
    void linksStayWithinTheBranchAndShowOnBoth() {
        long one = blocked(terminal, journal, person);
        TestTerminal second = TestTerminal.enrolIn(api, bureau);
        long other = blocked(second, TestJournal.of(second), person);
        TestTerminal outside = TestTerminal.enrol(api);
        long foreign = blocked(outside, TestJournal.of(outside), person);
        Api responder = api.withRoles(Api.role("responder", bureau));

        assertThat(responder.put(path(one) + "/links/" + other, Map.of()).status())
                .isEqualTo(200);
        assertThat(responder.put(path(one) + "/links/" + foreign, Map.of()).status())
                .isEqualTo(404);
        assertThat(responder.put(path(foreign) + "/links/" + one, Map.of()).status())
                .isEqualTo(404);
        assertThat(responder.put(path(one) + "/links/" + one, Map.of()).status())
                .isEqualTo(400);
        assertThat(incident(responder, other).at("/links/0/id").asLong()).isEqualTo(one);
        assertThat(responder.delete(path(other) + "/links/" + one).status()).isEqualTo(200);
        assertThat(responder.delete(path(other) + "/links/" + one).status()).isEqualTo(404);
        assertThat(incident(responder, one).get("links")).isEmpty();
        for (String below : List.of("/timeline", "/similar")) {
            assertThat(responder.get(path(foreign) + below).status()).isEqualTo(404);
        }
        assertThat(responder
                        .put(path(foreign) + "/report-clock", Map.of("version", 1))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theReportClockRunsFromWhenItBecameKnown() {
        long id = blocked(terminal, journal, person);
        Instant known = Instant.now().minus(6, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        JsonNode late = clock(id, Map.of("knownAt", known.toString(), "wrongful", true, "people", 3));
        assertThat(Instant.parse(late.at("/clock/preliminaryDue").asText())).isEqualTo(known.plus(5, ChronoUnit.DAYS));
        assertThat(Instant.parse(late.at("/clock/finalDue").asText())).isEqualTo(known.plus(60, ChronoUnit.DAYS));
        assertThat(late.get("overdue").asBoolean()).isTrue();
        assertThat(listed(api, "overdue=true&terminal=" + terminal.id())).containsExactly(id);

        JsonNode handed = clock(
                id,
                Map.of(
                        "knownAt",
                        known.toString(),
                        "wrongful",
                        false,
                        "preliminaryAt",
                        known.plus(2, ChronoUnit.DAYS).toString()));
        assertThat(handed.get("overdue").asBoolean()).isFalse();
        assertThat(Instant.parse(handed.at("/clock/finalDue").asText())).isEqualTo(known.plus(30, ChronoUnit.DAYS));
        assertThat(listed(api, "overdue=true&terminal=" + terminal.id())).isEmpty();

        long version = incident(api, id).get("version").asLong();
        assertThat(api.put(
                                path(id) + "/report-clock",
                                Map.of(
                                        "knownAt",
                                        known.toString(),
                                        "wrongful",
                                        false,
                                        "finalAt",
                                        known.minusSeconds(1).toString(),
                                        "version",
                                        version))
                        .status())
                .isEqualTo(422);
        assertThat(clock(id, Map.of("wrongful", false)).has("clock")).isFalse();
    }

    private JsonNode clock(long id, Map<String, Object> change) {
        Map<String, Object> whole = new java.util.HashMap<>(change);
        whole.put("version", incident(api, id).get("version").asLong());
        Answer answer = api.put(path(id) + "/report-clock", whole);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private static AttemptEvent carrying(String user, int number) {
        AttemptEvent.Builder attempt = TestJournal.paste(user, Verdict.BLOCK, Severity.MEDIUM).toBuilder();
        attempt.getAttemptBuilder().getLabelsBuilder(0).addFingerprints(number & 0xFFFFFF);
        return attempt.build();
    }

    private static AttemptEvent stick(String user, String serial) {
        AttemptEvent.Builder attempt = TestJournal.paste(user, Verdict.BLOCK, Severity.MEDIUM).toBuilder();
        attempt.getAttemptBuilder()
                .setChannel(org.sekisho.v1.Channel.MEDIA)
                .setMedia(org.sekisho.v1.MediaSubject.newBuilder()
                        .setVendorId("0951")
                        .setProductId("1666")
                        .setSerial(serial));
        return attempt.build();
    }

    private static String counts(Api who) {
        JsonNode counts = who.get("/api/v1/incidents/counts").json();
        return "%s %s %s %s"
                .formatted(counts.get("fresh"), counts.get("mine"), counts.get("overdue"), counts.get("open"));
    }

    private static List<String> relations(JsonNode timeline) {
        return StreamSupport.stream(timeline.get("items").spliterator(), false)
                .map(one -> one.get("relation").asText())
                .filter(relation -> !relation.equals("DESK"))
                .toList();
    }

    private static JsonNode entry(JsonNode timeline, String relation) {
        return StreamSupport.stream(timeline.get("items").spliterator(), false)
                .filter(one -> one.get("relation").asText().equals(relation))
                .findFirst()
                .orElseThrow();
    }

    private static String likeness(JsonNode similar, long id) {
        return StreamSupport.stream(similar.spliterator(), false)
                .filter(one -> one.at("/incident/id").asLong() == id)
                .map(one -> one.get("why").toString())
                .findFirst()
                .orElse("not found");
    }

    private List<String> acts(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT action FROM audit_entry WHERE target = :id AND action = 'incident.view' AND operator <> 'installation' ORDER BY seq")
                .bind("id", String.valueOf(id))
                .mapTo(String.class)
                .list());
    }
}
