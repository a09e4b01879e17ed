package org.sekisho.control.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sekisho.control.event.EventFeed;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class RestTest {
    private static final Set<String> OPEN = Set.of(
            "POST /api/v1/enrolment",
            "POST /api/v1/device/authorization",
            "POST /api/v1/device/token",
            "GET /api/v1/invitations/acceptance",
            "POST /api/v1/invitations/acceptance",
            "POST /api/v1/invitations/acceptance/options",
            "POST /api/v1/setup/options",
            "GET /api/v1/sign-in",
            "GET /api/v1/sign-in/oidc",
            "GET /api/v1/sign-in/oidc/callback",
            "POST /api/v1/sign-in",
            "POST /api/v1/sign-in/options",
            "POST /api/v1/session",
            "DELETE /api/v1/session",
            "POST /api/v1/setup",
            "GET /api/v1/setup",
            "GET /api/v1/session");

    @Inject
    EventFeed feed;

    private final Api api = Api.administrator();

    @Test
    void asksForAnOperatorEverywhere() {
        List<String> open = new ArrayList<>();
        operations((method, path, type) -> {
            Api.Answer answer = api.as(null).send(method, path, type, "{}".getBytes(StandardCharsets.UTF_8));
            if (answer.status() != 401) {
                open.add(method + " " + path.replaceAll("\\?.*", "") + " " + answer.status());
            }
        });
        assertThat(open).allMatch(operation -> OPEN.contains(operation.substring(0, operation.lastIndexOf(' '))));
        assertThat(api.as(null).get("/api/v1/openapi").status()).isEqualTo(401);
        assertThat(api.as("sko_nonsense").get("/api/v1/terminals").status()).isEqualTo(401);
    }

    @Test
    void letsTheAuditorChangeNothing() {
        Api auditor = api.withRole("auditor");
        Set<String> harmless =
                Set.of("POST /api/v1/policies/check", "POST /api/v1/policies/diff", "POST /api/v1/policies/simulate");
        // Everybody's own ways in, searches, and reports that are asked for; {@code PasskeyTest}, {@code DeviceTest},
        // {@code EventSearchTest} and {@code ReportsTest} look at whose they are.
        List<String> own = List.of(
                "/api/v1/account/",
                "/api/v1/session/",
                "/api/v1/device/requests/",
                "/api/v1/saved-searches",
                "/api/v1/reports");
        List<String> allowed = new ArrayList<>();
        operations((method, path, type) -> {
            String operation = method + " " + path;
            if ("GET".equals(method)
                    || OPEN.contains(operation)
                    || harmless.contains(operation)
                    || own.stream().anyMatch(path::startsWith)) {
                return;
            }
            Api.Answer answer = auditor.send(method, path, type, "{}".getBytes(StandardCharsets.UTF_8));
            if (answer.status() != 403) {
                allowed.add(operation + " " + answer.status());
            }
        });
        assertThat(allowed).isEmpty();
    }

    @Test
    void letsTheResponderWorkOnIncidentsOnly() {
        Api responder = api.withRole("responder");
        assertThat(responder
                        .patch("/api/v1/incidents/999999", Map.of("version", 1))
                        .status())
                .isEqualTo(404);
        assertThat(responder
                        .post("/api/v1/policies", Map.of("yaml", "a: 1", "reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(responder
                        .post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN"))
                        .status())
                .isEqualTo(403);
        assertThat(responder
                        .post("/api/v1/terminals/x/revoke", Map.of("reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(responder.get("/api/v1/enrolment-tokens").status()).isEqualTo(403);
        assertThat(responder.get("/api/v1/terminals").status()).isEqualTo(200);
    }

    @Test
    void answersEveryFailureWithAProblem() {
        for (Api.Answer answer : List.of(
                api.as(null).get("/api/v1/terminals"),
                api.get("/api/v1/terminals/unknown"),
                api.get("/api/v1/nonsense"),
                api.send("PUT", "/api/v1/terminals", "application/json", new byte[0]),
                api.send("POST", "/api/v1/policies", "text/plain", new byte[3]),
                api.send("POST", "/api/v1/policies/check", "application/json", "{".getBytes(StandardCharsets.UTF_8)),
                api.get("/api/v1/events?limit=x"),
                api.withRole("auditor").post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN")))) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.header("Content-Type"))
                    .as("%s", answer.response())
                    .startsWith("application/problem+json");
            JsonNode problem = answer.json();
            assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
            assertThat(problem.get("code").asText()).isNotBlank();
            assertThat(problem.get("title").asText()).isNotBlank();
        }
    }

    @Test
    void boundsBodiesAndSendsStrictHeaders() {
        assertThat(api.announce("/api/v1/policies/check", new byte[5 << 20])).isEqualTo(413);
        Api.Answer answer = api.get("/api/v1/server");
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().get("caPem").asText()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void refusesAStaleChangeOfAnIncident() {
        TestTerminal terminal = TestTerminal.enrol(api);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.blocked("hanako")));
            stream.awaitAck(1);
        }
        JsonNode incident = api.get("/api/v1/incidents?terminal=" + terminal.id())
                .json()
                .get("items")
                .get(0);
        String path = "/api/v1/incidents/" + incident.get("id").asLong();
        long version = incident.get("version").asLong();
        JsonNode changed = api.patch(
                        path,
                        Map.of("state", "IN_PROGRESS", "owner", "sato", "note", "asked the person", "version", version))
                .json();
        assertThat(changed.get("state").asText()).isEqualTo("IN_PROGRESS");
        assertThat(changed.get("owner").asText()).isEqualTo("sato");
        assertThat(changed.get("notes").get(0).get("text").asText()).isEqualTo("asked the person");
        assertThat(api.patch(
                                path,
                                Map.of(
                                        "state",
                                        "CLOSED",
                                        "finding",
                                        Map.of("kind", "MISTAKE", "text", "a slip"),
                                        "version",
                                        version))
                        .status())
                .isEqualTo(409);
        assertThat(api.patch(path, Map.of("state", "CLOSED")).status()).isEqualTo(400);
        assertThat(api.patch(path, Map.of("owner", "", "version", version + 1))
                        .json()
                        .has("owner"))
                .isFalse();
    }

    @Test
    void showsEventsAndIncidentsLive() throws Exception {
        TestTerminal terminal = TestTerminal.enrol(api);
        TestJournal journal = TestJournal.of(terminal);
        BlockingQueue<String> events = follow("/api/v1/events/stream");
        BlockingQueue<String> whole = follow("/api/v1/events/stream?detail=true");
        BlockingQueue<String> incidents = follow("/api/v1/incidents/stream");
        await().until(feed::isFollowed);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.blocked("hanako")));
            stream.awaitAck(1);
        }
        await().untilAsserted(() ->
                assertThat(events).anyMatch(line -> line.startsWith("data:") && line.contains(terminal.id())));
        assertThat(events)
                .anyMatch(line -> line.replace(" ", "").equals("event:event"))
                .noneMatch(line -> line.contains("\"detail\""));
        await().untilAsserted(() -> assertThat(whole)
                .anyMatch(line -> line.contains(terminal.id()) && line.contains("\"detail\":{\"terminal\"")));
        await().untilAsserted(() ->
                assertThat(incidents).anyMatch(line -> line.startsWith("data:") && line.contains(terminal.id())));
    }

    @Test
    void neverWaitsForAReaderThatDoesNotRead() throws Exception {
        TestTerminal terminal = TestTerminal.enrol(api);
        TestJournal journal = TestJournal.of(terminal);
        HttpResponse<java.io.InputStream> asleep = api.stream("/api/v1/events/stream?detail=true");
        assertThat(asleep.statusCode()).isEqualTo(200);
        await().until(feed::isFollowed);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            for (int batch = 1; batch <= 10; batch++) {
                stream.events(journal.pastes(1_000));
                stream.awaitAck(batch * 1_000L);
            }
        }
        List<String> read = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(asleep.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(line);
                if (line.replace(" ", "").equals("event:lagged")) {
                    break;
                }
            }
        }
        assertThat(read.stream().filter(line -> line.startsWith("data")).count())
                .isLessThan(10_000);
    }

    private BlockingQueue<String> follow(String path) {
        HttpResponse<java.io.InputStream> response = api.stream(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (java.io.IOException e) {
                lines.add("closed");
            }
        });
        return lines;
    }

    private interface Operation {
        void call(String method, String path, @Nullable String type);
    }

    /** What the operation takes as it is described; JSON where it describes no body and the method has one. */
    private static @Nullable String bodyType(String method, JsonNode described) {
        var types = described.path("requestBody").path("content").fieldNames();
        if (types.hasNext()) {
            return types.next();
        }
        return Set.of("get", "delete").contains(method) ? null : "application/json";
    }

    /** Every operation that the server describes, with something in place of its parameters. */
    private void operations(Operation operation) {
        JsonNode paths = api.get("/api/v1/openapi?format=json").json().get("paths");
        assertThat(paths.size()).isGreaterThan(15);
        paths.properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (Set.of("get", "post", "put", "patch", "delete").contains(method)) {
                        String concrete = path.getKey()
                                .replace("{segment}", "LGWAN")
                                .replace("{revision}", "1")
                                .replace("{seq}", "1")
                                .replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000001");
                        operation.call(
                                method.toUpperCase(java.util.Locale.ROOT),
                                URI.create(concrete).toString(),
                                bodyType(method, path.getValue().get(method)));
                    }
                }));
    }
}
