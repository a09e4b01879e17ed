package org.sekisho.control.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Label;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Process;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** Four events of a terminal of this test's own: each search must find exactly those that it should. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EventSearchTest {
    @Inject
    Jdbi jdbi;

    private final Api api = Api.administrator();
    private final String bureau = "総務部" + UUID.randomUUID();
    private final TestTerminal terminal = TestTerminal.enrolIn(api, bureau + "/税務課");
    private final TestJournal journal = TestJournal.of(terminal);

    @BeforeEach
    void record() {
        journal.add(event -> event.setAttempt(TestJournal.paste("taro", Verdict.BLOCK, Severity.HIGH)));
        journal.add(event -> event.setAttempt(attempt(
                "hanako",
                "media-default",
                Attempt.newBuilder()
                        .setChannel(Channel.MEDIA)
                        .setMedia(MediaSubject.newBuilder()
                                .setVendorId("0781")
                                .setProductId("5567")
                                .setSerial("AA0004")
                                .setName("Cruzer Blade")))));
        journal.add(event -> event.setAttempt(attempt(
                "hanako",
                "clip",
                Attempt.newBuilder()
                        .setChannel(Channel.CLIPBOARD)
                        .addLabels(Label.newBuilder().setLabel("resident_code"))
                        .setClipboard(ClipboardSubject.newBuilder()
                                .setSource(Process.newBuilder()
                                        .setPath("C:\\Program Files\\ｼﾞｭｳｷ\\Juki.EXE")
                                        .setWindowTitle("転入届 ****"))))));
        journal.stopped();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verdict=BLOCK, 1",
        "verdict=AUDIT, 3 2",
        "channel=MEDIA, 2",
        "kind=AGENT_STOPPED, 4",
        "severity=HIGH, 1",
        "user=hanako, 3 2",
        "rule=clip, 3",
        "label=my_number, 1",
        "label=resident_code&user=taro, ''",
        "q=住民, 1",
        "q=票, 1",
        "q=届, 3",
        "q=ジュウキ, 3",
        "q=ＪＵＫＩ, 3 1",
        "q=juki 転入, 3",
        "q=juki　住民票, 1",
        "q=民住, ''",
        "q=sigterm, 4",
        "q=5, 2",
        "device=cruzer, 2",
        "device=0781:5567, 2",
        "device=juki, ''",
        "program=program files, 3",
        "program=転入, ''",
        "program=/usr/bin/MAIL, 1",
        "q=juki&verdict=AUDIT&label=resident_code, 3",
        "verdict=READ_ONLY, ''",
        "from=2000-01-01T00:00:00Z, 4 3 2 1",
        "to=2000-01-01T00:00:00Z, ''"
    })
    void findsWhatFitsAndNothingElse(String search, String expected) {
        assertThat(found(search)).containsExactlyElementsOf(numbers(expected));
        // Counting finds the same, however it is done.
        JsonNode counted = count(search.contains("=2000") ? search : search + "&from=2020-01-01T00:00:00Z");
        assertThat(counted.get("exact").asBoolean()).isTrue();
        if (!search.startsWith("from") && !search.startsWith("to")) {
            assertThat(counted.get("total").asInt()).isEqualTo(numbers(expected).size());
        }
    }

    @Test
    void findsADivisionAndWhatIsBelowIt() {
        String unit = URLEncoder.encode(bureau, StandardCharsets.UTF_8);
        assertThat(seqs("/api/v1/events?orgUnit=" + unit)).containsExactly(4L, 3L, 2L, 1L);
        assertThat(seqs("/api/v1/events?orgUnit=" + unit + "&q=sigterm")).containsExactly(4L);
        assertThat(seqs("/api/v1/events?orgUnit=" + unit + "%E5%88%86%E5%AE%A4"))
                .isEmpty();
        assertThat(api.get("/api/v1/events?orgUnit=%2F").status()).isEqualTo(400);
        Api elsewhere = api.withRoles(Api.role("auditor", bureau + "/出納課"));
        assertThat(elsewhere.get("/api/v1/events?orgUnit=" + unit).json().get("items"))
                .isEmpty();
        assertThat(elsewhere
                        .get("/api/v1/events/histogram?orgUnit=" + unit)
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void pagesThroughDaysWithoutLossOrRepetition() {
        spreadOverDays();

        for (String search : List.of("", "&verdict=ALLOW", "&q=juki", "&q=juki&verdict=ALLOW&user=taro")) {
            List<Long> walked = new ArrayList<>();
            String after = "";
            do {
                JsonNode page = api.get("/api/v1/events?limit=7&terminal=" + terminal.id() + search + after)
                        .json();
                page.get("items").forEach(item -> walked.add(item.get("seq").asLong()));
                after = page.get("next").isNull()
                        ? ""
                        : "&after=" + page.get("next").asText();
            } while (!after.isEmpty());
            assertThat(walked).as(search).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
            assertThat(walked.subList(walked.size() - 30, walked.size()))
                    .as(search)
                    .containsAll(
                            IntStream.rangeClosed(5, 34).mapToObj(Long::valueOf).toList());
        }
    }

    /** 30 pastes, received on each of the last 30 days. */
    private void spreadOverDays() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.pastes(30));
            stream.awaitAck(34);
        }
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        jdbi.useTransaction(handle -> {
            for (int days = 1; days <= 30; days++) {
                LocalDate day = today.minusDays(days);
                String name = day.toString().replace("-", "");
                handle.execute("CREATE TABLE IF NOT EXISTS event_" + name + " PARTITION OF event FOR VALUES FROM ('"
                        + day + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
                handle.execute("CREATE TABLE IF NOT EXISTS event_shape_" + name
                        + " PARTITION OF event_shape FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')");
                handle.execute(
                        "UPDATE event SET received_at = received_at - make_interval(days => ?) WHERE terminal = ? AND seq = ?",
                        days,
                        terminal.id(),
                        4 + days);
                handle.execute(
                        "INSERT INTO event_shape SELECT ?, hash, rule, labels, program, device, text, terms FROM event_shape"
                                + " WHERE day = ? AND hash = (SELECT shape FROM event WHERE terminal = ? AND seq = ?)"
                                + " ON CONFLICT DO NOTHING",
                        day,
                        today,
                        terminal.id(),
                        4 + days);
            }
        });
    }

    @Test
    void countsOverTime() {
        JsonNode counted = count("items=10");

        assertThat(counted.get("total").asInt()).isEqualTo(4);
        assertThat(counted.get("stopped").asInt()).isEqualTo(1);
        assertThat(counted.get("items")).isNotEmpty();
        // A day begins at the caller's midnight.
        JsonNode days = api.get("/api/v1/events/histogram?terminal=" + terminal.id()
                        + "&items=2&from=2020-01-01T00:00:00Z&to=2020-01-03T00:00:00Z&utcOffset=540")
                .json();
        assertThat(days.get("seconds").asLong()).isEqualTo(86_400);
        assertThat(api.get("/api/v1/events/histogram?from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/events/histogram?from=0001-01-02T00:00:00Z").status())
                .isEqualTo(400);
    }

    @Test
    void saysHowFarTheChainIsVerified() {
        assertThat(chains()).containsExactly("PENDING", "PENDING", "PENDING", "PENDING");
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            journal.checkpoint();
            journal.stopped();
            stream.events(journal.from(5));
            stream.awaitAck(6);
        }
        // The checkpoint proves what was before it.
        assertThat(chains()).containsExactly("PENDING", "PENDING", "WHOLE", "WHOLE", "WHOLE", "WHOLE");
        journal.pastes(2);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(8));
            stream.await(org.sekisho.v1.ServerMessage.MessageCase.HISTORY_REQUEST);
            stream.events(journal.from(8));
            stream.awaitAck(8);
        }
        assertThat(chains()).startsWith("GAP", "PENDING").endsWith("WHOLE");
    }

    private List<String> chains() {
        List<String> chains = new ArrayList<>();
        api.get("/api/v1/events?terminal=" + terminal.id())
                .json()
                .get("items")
                .forEach(item -> chains.add(item.get("chain").asText()));
        return chains;
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=%00", "rule=%00", "verdict=NONSENSE", "kind=nothing", "from=yesterday", "after=x"})
    void whatCannotBeAskedIsTold(String search) {
        assertThat(api.get("/api/v1/events?" + search).status()).isEqualTo(400);
    }

    @Test
    void handsOutWhatItFindsWithTheSearchAsHeading() {
        journal.add(event -> event.setAttempt(
                attempt("=cmd|' /C calc'!A0", "clip", Attempt.newBuilder().setChannel(Channel.CLIPBOARD))));
        journal.pastes(600);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(5));
            stream.awaitAck(605);
        }
        String path = "/api/v1/events/download?terminal=" + terminal.id();

        Api.Answer csv = api.get(path + "&channel=CLIPBOARD&language=en");
        String[] lines = new String(csv.bytes(), StandardCharsets.UTF_8).split("\r\n", -1);
        assertThat(csv.header("Content-Disposition")).contains("attachment", "sekisho-events.csv");
        assertThat(lines[0]).startsWith("\uFEFF\"Sekisho events\"").endsWith("\"installation\"");
        assertThat(lines[1]).isEqualTo("\"Search\",\"channel\",\"CLIPBOARD\"");
        assertThat(lines[3]).startsWith("\"Occurred");
        assertThat(lines).hasSize(4 + 603 + 1);
        assertThat(lines[4 + 600]).contains("\"'=cmd|' /C calc'!A0\"").doesNotContain(",\"=");
        assertThat(new String(api.get(path).bytes(), StandardCharsets.UTF_8)).contains("持ち出し経路");

        JsonNode json = api.get(path + "&format=json&user=taro").json();
        assertThat(json.at("/search/user").asText()).isEqualTo("taro");
        assertThat(json.get("items")).hasSize(601);
        assertThat(json.get("complete").asBoolean()).isTrue();

        assertThat(api.get("/api/v1/audit?limit=1").json().at("/items/0/action").asText())
                .isEqualTo("events.download");
        assertThat(api.get(path + "&format=exe").status()).isEqualTo(400);
        assertThat(api.get(path + "&verdict=NO").status()).isEqualTo(400);
        Api elsewhere = api.withRoles(Api.role("auditor", bureau + "/出納課"));
        assertThat(elsewhere.get(path + "&format=json").json().get("items")).isEmpty();
    }

    @Test
    void searchesAreKeptByNameForOneselfOrForAll() {
        Api one = api.withRole("responder");
        Api other = api.withRole("auditor");
        String mine = keep(one, "mine", false).json().get("id").asText();
        String ours = keep(one, "ours", true).json().get("id").asText();

        assertThat(keep(one, "mine", false).status()).isEqualTo(409);
        assertThat(keep(one, "line\nbreak", false).status()).isEqualTo(400);
        assertThat(ids(one)).contains(mine, ours);
        assertThat(ids(other)).contains(ours).doesNotContain(mine);
        assertThat(other.delete("/api/v1/saved-searches/" + mine).status()).isEqualTo(404);
        assertThat(other.delete("/api/v1/saved-searches/" + ours).status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/saved-searches/" + mine).status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/saved-searches/" + ours).status()).isBetween(200, 204);
        assertThat(one.delete("/api/v1/saved-searches/" + mine).status()).isBetween(200, 204);
        assertThat(ids(one)).doesNotContain(mine, ours);
    }

    private static Api.Answer keep(Api who, String name, boolean shared) {
        return who.post(
                "/api/v1/saved-searches",
                java.util.Map.of("name", name, "query", "verdict=BLOCK&q=%E4%BD%8F", "shared", shared));
    }

    private static List<String> ids(Api who) {
        List<String> ids = new ArrayList<>();
        who.get("/api/v1/saved-searches")
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private List<Long> found(String search) {
        return seqs("/api/v1/events?terminal=" + terminal.id() + "&" + encoded(search));
    }

    private JsonNode count(String search) {
        return api.get("/api/v1/events/histogram?terminal=" + terminal.id() + "&" + encoded(search))
                .json();
    }

    private List<Long> seqs(String path) {
        List<Long> seqs = new ArrayList<>();
        api.get(path)
                .json()
                .get("items")
                .forEach(item -> seqs.add(item.get("seq").asLong()));
        return seqs;
    }

    private static String encoded(String search) {
        StringBuilder encoded = new StringBuilder();
        for (String pair : search.split("&", -1)) {
            int at = pair.indexOf('=');
            encoded.append(encoded.isEmpty() ? "" : "&")
                    .append(pair, 0, at + 1)
                    .append(URLEncoder.encode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return encoded.toString();
    }

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(text.split(" ", -1))
                        .map(Long::valueOf)
                        .toList();
    }

    private static AttemptEvent attempt(String user, String rule, Attempt.Builder attempt) {
        return AttemptEvent.newBuilder()
                .setAttempt(attempt)
                .setCircumstances(Circumstances.newBuilder().setUser(user))
                .setDecision(Decision.newBuilder()
                        .setVerdict(Verdict.AUDIT)
                        .setSeverity(Severity.LOW)
                        .setRule(rule))
                .build();
    }
}
