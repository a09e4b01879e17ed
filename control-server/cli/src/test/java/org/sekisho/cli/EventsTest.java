package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class EventsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String event(int seq, String verdict) {
        return "{\"terminal\":\"t-1\",\"seq\":" + seq + ",\"occurredAt\":\"2026-11-22T11:00:00Z\",\"kind\":\"ATTEMPT\","
                + "\"channel\":\"CLIPBOARD\",\"verdict\":\"" + verdict + "\",\"enforced\":" + verdict.equals("BLOCK")
                + ",\"severity\":\"HIGH\",\"user\":\"yamada\",\"rule\":\"no-numbers\","
                + "\"labels\":[{\"label\":\"my_number\",\"count\":3,\"grade\":\"high\"}],\"masked\":\"個人番号 3 件\"}";
    }

    private static String sse(int seq, String verdict) {
        return "id: " + seq + "\nevent: event\ndata: " + event(seq, verdict) + "\n\n";
    }

    @Test
    void searchPutsEveryFilterIntoTheQuery() {
        server.on(
                "GET /events?terminal=t-1&kind=ATTEMPT&channel=CLIPBOARD&verdict=READ_ONLY&user=yamada&rule=r1&label=my_number"
                        + "&severity=HIGH&q=x&from=2026-11-22T10%3A00%3A00Z&to=2026-11-22T02%3A30%3A00Z&limit=100",
                ok("{\"items\":[" + event(1, "BLOCK") + "],\"next\":null}"));

        Run.Result result = script().command(
                        "events",
                        "--terminal",
                        "t-1",
                        "--kind",
                        "attempt",
                        "--channel",
                        "clipboard",
                        "--verdict",
                        "read-only",
                        "--user",
                        "yamada",
                        "--rule",
                        "r1",
                        "--label",
                        "my_number",
                        "--severity",
                        "high",
                        "--query",
                        "x",
                        "--from",
                        "2h",
                        "--to",
                        "2026-11-22T11:30");

        assertThat(result.err()).isEmpty();
        assertThat(result.lines().getLast())
                .isEqualTo(
                        "2026-11-22 20:00:00  t-1       yamada  clipboard  block    high      no-numbers  my number×3 (high)  個人番号 3 件");
    }

    @Test
    void jsonHasAllThatIsRecorded() throws Exception {
        String whole = event(1, "BLOCK").replaceFirst("}$", ",\"detail\":{\"attempt\":{}}}");
        server.on("GET /events?detail=true&limit=100", ok("{\"items\":[" + whole + "],\"next\":null}"));

        assertThat(JSON.readTree(script().command("events", "-o", "json").out())
                        .at("/items/0/detail/attempt")
                        .isObject())
                .isTrue();
    }

    @Test
    void anAuditedEventSaysThatNothingWasStopped() {
        server.on("GET /events?limit=100", ok("{\"items\":[" + event(1, "AUDIT") + "],\"next\":null}"));

        assertThat(script().japanese().command("events").out()).contains("記録（未実施）");
    }

    @Test
    void followingComesBackWithTheLastIdAndPrintsEachEventOnce() throws Exception {
        server.on(
                "GET /events/stream?detail=true",
                StubServer.Answer.stream(": hello\n\n" + sse(1, "BLOCK")),
                StubServer.Answer.stream(sse(2, "BLOCK") + "event: lagged\ndata: {}\n\n" + sse(3, "BLOCK")));

        Run.Result result = script().command("events", "--follow", "--stop-after", "3", "-o", "json");

        assertThat(result.exit()).isZero();
        assertThat(result.lines()).hasSize(3);
        for (int line = 0; line < 3; line++) {
            assertThat(JSON.readTree(result.lines().get(line)).path("seq").asInt())
                    .isEqualTo(line + 1);
        }
        assertThat(server.asked().get(0).headers()).doesNotContainKey("last-event-id");
        assertThat(server.asked().get(1).headers()).containsEntry("last-event-id", "1");
        assertThat(result.err()).contains("The connection broke", "Some live events were left out");
    }

    @Test
    void whatTheStreamCarriesBeyondTheFilterIsNotPrinted() {
        server.on(
                "GET /events/stream?verdict=BLOCK&detail=true",
                StubServer.Answer.stream(sse(1, "ALLOW") + sse(2, "BLOCK")));

        Run.Result result = script().command("events", "-f", "--stop-after", "1", "--verdict", "block", "-o", "json");

        assertThat(result.out()).contains("\"seq\":2").doesNotContain("\"seq\":1");
    }

    @Test
    void aRefusedStreamIsNotTriedAgain() {
        server.on("GET /events/stream", StubServer.Answer.problem(403, "{\"status\":403}"));

        Run.Result result = script().command("events", "--follow");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aTimeThatIsNoneIsWrongUsage() {
        Run.Result result = script().command("events", "--from", "yesterday-ish");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("`yesterday-ish` is not a time");
        assertThat(server.asked()).isEmpty();
    }
}
