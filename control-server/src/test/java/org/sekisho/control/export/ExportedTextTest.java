package org.sekisho.control.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.EventViews;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PrintSubject;
import org.sekisho.v1.Process;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;

/** What leaves the server, against the formats' own rules. */
class ExportedTextTest {
    static List<Event> events() {
        Decision blocked = Decision.newBuilder()
                .setVerdict(Verdict.BLOCK)
                .setRule("r\"]\\|=")
                .build();
        return List.of(
                Event.newBuilder()
                        .setAttempt(TestJournal.paste("taro", Verdict.BLOCK, Severity.CRITICAL))
                        .build(),
                Event.newBuilder()
                        .setAttempt(TestJournal.paste("", Verdict.ALLOW, Severity.LOW))
                        .build(),
                attempt(
                        Attempt.newBuilder()
                                .setChannel(Channel.CLIPBOARD)
                                .setClipboard(ClipboardSubject.newBuilder()
                                        .setCopy(true)
                                        .setSource(Process.newBuilder().setPath("C:\\a\\b.exe"))),
                        Decision.getDefaultInstance()),
                attempt(
                        Attempt.newBuilder()
                                .setChannel(Channel.MEDIA)
                                .setMedia(MediaSubject.newBuilder()
                                        .setName("x\n<1>1 forged")
                                        .setSerial("AA")),
                        blocked),
                attempt(
                        Attempt.newBuilder()
                                .setChannel(Channel.PRINT)
                                .setPrint(PrintSubject.newBuilder()
                                        .setPrinter("税務課")
                                        .setProgram(Process.newBuilder().setPath("/usr/bin/soffice"))),
                        blocked),
                Event.newBuilder()
                        .setTampered(Tampered.newBuilder().setWhat("policy file"))
                        .build());
    }

    private static Event attempt(Attempt.Builder attempt, Decision decision) {
        return Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder()
                        .setAttempt(attempt)
                        .setDecision(decision)
                        .setCount(3))
                .build();
    }

    private static ExportedEvent exported(Event event) {
        Event whole = event.toBuilder()
                .setTerminal("t-1")
                .setSeq(7)
                .setOccurredAtMicros(1_780_000_000_123_456L)
                .build();
        StoredEvent stored = new StoredEvent(1, Instant.parse("2026-11-26T00:00:00Z"), 0, null, whole);
        return new ExportedEvent(
                stored, EventViews.of(stored, EventView.Chain.PENDING), new byte[32], "jimu-07", "総務部/税務課");
    }

    @ParameterizedTest
    @MethodSource("events")
    void isValidByThePublishedSchema(Event event) {
        Optional<OcsfSchema> schema = OcsfSchema.find();
        assumeThat(schema)
                .as("the OCSF schema's sources are neither at -Dsekisho.ocsf-schema nor in ../shared/data: not checked")
                .isPresent();
        ObjectNode json = OcsfEvent.of(exported(event));

        assertThat(schema.orElseThrow().violations(json)).as("%s", json).isEmpty();
        assertThat(schema.orElseThrow().version()).isEqualTo(OcsfEvent.VERSION);
        // The check itself can fail.
        List<Consumer<ObjectNode>> damages = List.of(
                damaged -> damaged.remove("metadata"),
                damaged -> damaged.put("severity_id", 77),
                damaged -> damaged.put("nonsense", 1),
                damaged -> damaged.put("time", "now"),
                damaged -> damaged.put("type_uid", 1),
                damaged -> ((ObjectNode) damaged.get("device")).remove("type_id"));
        for (Consumer<ObjectNode> damage : damages) {
            ObjectNode damaged = json.deepCopy();
            damage.accept(damaged);
            assertThat(schema.orElseThrow().violations(damaged)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void isOneSyslogMessageWhateverATerminalPutIntoIt(Event event) {
        String element = "(\\[sekisho@32473( [a-z]+=\"([^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")+\\])";
        assertThat(SyslogText.plain(exported(event)))
                .matches("<1(0[4-9]|1[01])>1 2026-05-28T\\d\\d:\\d\\d:\\d\\d\\.123456Z jimu-07 sekisho - [A-Z_]+ "
                        + element + " \\uFEFF[^\\p{Cntrl}]*");
    }

    @ParameterizedTest
    @MethodSource("events")
    void isOneCefLine(Event event) {
        String line = CefText.of(exported(event));

        assertThat(line)
                .matches(
                        "CEF:0\\|Sekisho\\|Sekisho\\|0\\.1\\|([^|\\\\]|\\\\.)+\\|([^|\\\\]|\\\\.)+\\|\\d+\\|[^\\p{Cntrl}]*");
        assertThat(line).contains("externalId=t-1/0/7", "cs2=総務部/税務課");
        // Every unescaped equals sign belongs to a name.
        assertThat(line.split("\\|", 8)[7].replaceAll("\\\\.", "").replaceAll("(^| )[A-Za-z0-9]+=", ""))
                .doesNotContain("=");
    }

    @Test
    void waitsLongerAfterEachFailureButNeverForEver() {
        Random random = new Random(1);
        for (int failures = 1; failures < 100; failures++) {
            Duration wait = Backoff.after(failures, random);
            assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofMinutes(2));
        }
        assertThat(Backoff.after(1, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.after(50, random)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
}
