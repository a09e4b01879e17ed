package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Event;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;
import org.sekisho.v1.Process;
import org.sekisho.v1.Verdict;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class SimulationTest {
    private static final String BEFORE = """
            segment: internet
            name: before
            defaults:
              - channel: media
                verdict: audit
              - channel: clipboard
                verdict: audit
            rules:
              - id: to-the-browser
                channel: clipboard
                clipboard:
                  destination:
                    paths: ["/usr/bin/chromium"]
                verdict: block
            """;

    /** Lets the browser have it, stops the mail program, and has a rule that nothing comes to. */
    private static final String DRAFT = """
            segment: internet
            name: after
            defaults:
              - channel: media
                verdict: audit
              - channel: clipboard
                verdict: audit
            rules:
              - id: to-mail
                channel: clipboard
                clipboard:
                  destination:
                    paths: ["/usr/bin/thunderbird"]
                verdict: block
              - id: to-nothing
                channel: clipboard
                clipboard:
                  destination:
                    paths: ["/nowhere"]
                verdict: block
            """;

    private final Api api = Api.administrator();

    @Inject
    Jdbi jdbi;

    @Test
    void saysWhatTheDraftWouldHaveDoneAndWhy() throws Exception {
        long revision = Publishing.publish(api, BEFORE).get("revision").asLong();
        TestTerminal terminal = TestTerminal.enrol(api, "INTERNET");
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(
                    journal.add(event -> paste(event, "sato", "/usr/bin/thunderbird", Verdict.AUDIT, "", 3, revision)),
                    journal.add(event -> paste(event, "ito", "/usr/bin/thunderbird", Verdict.AUDIT, "", 0, revision)),
                    journal.add(event ->
                            paste(event, "sato", "/usr/bin/chromium", Verdict.BLOCK, "to-the-browser", 0, revision)),
                    journal.add(event -> paste(event, "sato", "/usr/bin/gedit", Verdict.AUDIT, "", 0, revision))));
            await().until(() -> api.get("/api/v1/events?terminal=" + terminal.id())
                            .json()
                            .get("items")
                            .size()
                    == 4);
        }

        JsonNode report = simulate(DRAFT);
        assertThat(report.get("against").asLong()).isEqualTo(revision);
        assertThat(report.get("newlyStopped").asLong()).isEqualTo(4);
        assertThat(report.get("newlyAllowed").asLong()).isEqualTo(1);
        assertThat(report.get("groups")).hasSize(2);
        JsonNode stopped = report.get("groups").get(0);
        assertThat(stopped.get("direction").asText()).isEqualTo("TIGHTENS");
        assertThat(stopped.get("ruleAfter").asText()).isEqualTo("to-mail");
        assertThat(stopped.get("acts").asLong()).isEqualTo(4);
        assertThat(stopped.get("people").asInt()).isEqualTo(2);
        assertThat(stopped.get("examples").get(0).get("terminal").asText()).isEqualTo(terminal.id());
        JsonNode allowed = report.get("groups").get(1);
        assertThat(allowed.get("direction").asText()).isEqualTo("LOOSENS");
        assertThat(allowed.get("ruleBefore").asText()).isEqualTo("to-the-browser");
        assertThat(report.get("rules").get(0).get("acts").asLong()).isEqualTo(4);
        assertThat(report.get("rules").get(1).get("acts").asLong()).isZero();

        JsonNode same = simulate(BEFORE);
        assertThat(same.get("groups")).isEmpty();
        assertThat(same.get("newlyStopped").asLong()).isZero();

        JsonNode why =
                api.get("/api/v1/events/" + terminal.id() + "/3/explanation").json();
        assertThat(why.get("same").asBoolean()).isTrue();
        assertThat(why.get("rule").asText()).isEqualTo("to-the-browser");
        assertThat(why.get("lifting").asText()).isEqualTo("NOT_LIFTABLE");
        assertThat(why.get("rules").get(0).get("standing").asText()).isEqualTo("DECIDED");
        Api elsewhere = api.withRoles(Api.role(Role.Name.RESPONDER, "総務部/税務課"));
        assertThat(elsewhere
                        .get("/api/v1/events/" + terminal.id() + "/3/explanation")
                        .status())
                .as("an event that lies in another branch")
                .isEqualTo(404);
        JsonNode notTheBrowser =
                api.get("/api/v1/events/" + terminal.id() + "/4/explanation").json();
        assertThat(notTheBrowser.path("rule").isTextual()).isFalse();
        assertThat(notTheBrowser.get("rules").get(0).get("standing").asText()).isEqualTo("NO_MATCH");
        assertThat(notTheBrowser.get("rules").get(0).get("condition").asText())
                .isEqualTo("clipboard.destination.paths");
        assertThat(api.get("/api/v1/events/" + terminal.id() + "/3/explanation?revision=" + (revision + 77))
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/events/" + terminal.id() + "/99/explanation")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void saysWhatAPermitHasToDoWithIt() throws Exception {
        // Of another segment than the drafts are tried on.
        String liftable = BEFORE.replace("segment: internet", "segment: lgwan") + "    permit-may-lift: true\n";
        long revision = Publishing.publish(api, liftable).get("revision").asLong();
        TestTerminal terminal = TestTerminal.enrol(api, "LGWAN");
        TestJournal journal = TestJournal.of(terminal);
        String permit = "7f1c2e34-0000-4000-8000-000000000001";
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(
                    journal.add(event ->
                            paste(event, "sato", "/usr/bin/chromium", Verdict.BLOCK, "to-the-browser", 0, revision)),
                    journal.add(event -> {
                        paste(event, "sato", "/usr/bin/chromium", Verdict.AUDIT, "to-the-browser", 0, revision);
                        event.getAttemptBuilder().getCircumstancesBuilder().setTerminal(terminal.id());
                        event.getAttemptBuilder().getDecisionBuilder().setPermit(permit);
                        return event;
                    }),
                    journal.add(event -> paste(event, "sato", "/usr/bin/gedit", Verdict.AUDIT, "", 0, revision))));
            await().until(() -> api.get("/api/v1/events?terminal=" + terminal.id())
                            .json()
                            .get("items")
                            .size()
                    == 3);
        }

        JsonNode without =
                api.get("/api/v1/events/" + terminal.id() + "/1/explanation").json();
        assertThat(without.get("lifting").asText()).isEqualTo("NONE_IN_FORCE");
        assertThat(without.path("permit").isTextual()).isFalse();
        JsonNode lifted =
                api.get("/api/v1/events/" + terminal.id() + "/2/explanation").json();
        assertThat(lifted.get("lifting").asText()).isEqualTo("LIFTED");
        assertThat(lifted.get("permit").asText()).isEqualTo(permit);
        assertThat(lifted.get("alone").asText()).isEqualTo("BLOCK");
        assertThat(lifted.get("verdict").asText()).isEqualTo("AUDIT");
        assertThat(lifted.get("same").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/events/" + terminal.id() + "/3/explanation")
                        .json()
                        .get("lifting")
                        .asText())
                .isEqualTo("NOT_NEEDED");
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThat(api.post("/api/v1/policies/simulate", Map.of("yaml", "nonsense: 1\n"))
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/v1/policies/simulate", Map.of("yaml", DRAFT, "days", 93))
                        .status())
                .isEqualTo(400);
    }

    /** The events are locked away, so that simulations last as long as the test wants. */
    @Test
    void takesTwoAtOnceAndHasRoomAgainWhenAReaderHasGone() throws Exception {
        try (Handle locking = jdbi.open();
                Handle looking = jdbi.open()) {
            locking.begin();
            locking.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<HttpResponse<byte[]>> first =
                    api.postAsync("/api/v1/policies/simulate", Map.of("yaml", DRAFT));
            CompletableFuture<HttpResponse<byte[]>> second =
                    api.postAsync("/api/v1/policies/simulate", Map.of("yaml", DRAFT));
            await().until(() -> waiting(looking) == 2);
            Api.Answer third = api.post("/api/v1/policies/simulate", Map.of("yaml", DRAFT));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.json().get("code").asText()).isEqualTo("busy");

            first.cancel(true);
            List<CompletableFuture<HttpResponse<byte[]>>> tries = new ArrayList<>();
            await().until(() -> {
                tries.add(api.postAsync("/api/v1/policies/simulate", Map.of("yaml", DRAFT)));
                await().until(() -> tries.getLast().isDone() || waiting(looking) == 3);
                return !tries.getLast().isDone();
            });
            locking.rollback();
            for (CompletableFuture<HttpResponse<byte[]>> one : List.of(second, tries.getLast())) {
                String body = new String(one.get().body(), StandardCharsets.UTF_8);
                assertThat(body.lines().toList().getLast()).contains("\"report\"");
            }
        }
    }

    /** Simulations alone: what counts attempts in the background, or exports them, waits for the lock as well. */
    private static int waiting(Handle handle) {
        return handle.createQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM event e JOIN%'")
                .mapTo(Integer.class)
                .one();
    }

    private JsonNode simulate(String yaml) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        String body = new String(
                api.post("/api/v1/policies/simulate", Map.of("yaml", yaml, "days", 1))
                        .bytes(),
                StandardCharsets.UTF_8);
        for (String line : body.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines.getFirst().get("done").asLong()).isZero();
        return lines.getLast().get("report");
    }

    private static Event.Builder paste(
            Event.Builder event,
            String user,
            String destination,
            Verdict verdict,
            String rule,
            int count,
            long revision) {
        event.getAttemptBuilder()
                .setCount(count)
                .getAttemptBuilder()
                .setChannel(Channel.CLIPBOARD)
                .addLabels(Label.newBuilder().setLabel("my_number").setCount(1).setGrade(Grade.HIGH_CONFIDENCE))
                .getClipboardBuilder()
                .setSource(Process.newBuilder().setPath("/usr/bin/soffice"))
                .setDestination(Process.newBuilder().setPath(destination));
        event.getAttemptBuilder().getCircumstancesBuilder().setUser(user);
        event.getAttemptBuilder()
                .getDecisionBuilder()
                .setVerdict(verdict)
                .setRule(rule)
                .setRevision(revision);
        return event;
    }
}
