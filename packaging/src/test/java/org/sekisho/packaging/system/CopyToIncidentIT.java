package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.VirtualDisplay;
import org.sekisho.packaging.rig.XSink;
import org.sekisho.packaging.rig.XSource;

/** A real copy under a real X server is stopped at paste, becomes an incident, and leaves the number nowhere. */
class CopyToIncidentIT {
    /** A published test vector, nobody's number. */
    private static final String NUMBER = "123456789018";

    private static final int ROUNDS = 10;
    /** Claims and pastes are told of on two connections; with a few rounds alone neither is ever behind. */
    private static final int ROUNDS_WITHOUT_A_PAUSE = 100;

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Installation installation;
    private static Process capture;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(folder, null);
        capture = new ProcessBuilder(
                        "tcpdump",
                        "-i",
                        "lo",
                        "-U",
                        "-w",
                        folder.resolve("capture.pcap").toString(),
                        "portrange " + installation.server().portBase() + "-"
                                + (installation.server().portBase() + 2))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(SOON).until(installation::guardsTheClipboard);
    }

    @AfterAll
    static void stop() throws Exception {
        capture.destroy();
        capture.waitFor();
        installation.close();
    }

    static Stream<Arguments> writings() {
        Charset cp932 = Charset.forName("windows-31j");
        String grouped = "1234-5678-9018";
        return Stream.of(
                Arguments.of("half-width", "UTF8_STRING", ("個人番号 " + NUMBER).getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "full-width", "UTF8_STRING", ("番号は" + LeakHunt.wide(NUMBER)).getBytes(StandardCharsets.UTF_8)),
                Arguments.of("hyphenated", "UTF8_STRING", ("マイナンバー: " + grouped).getBytes(StandardCharsets.UTF_8)),
                Arguments.of("CP932", "text/plain;charset=Shift_JIS", ("氏名 長岡 個人番号 " + grouped).getBytes(cp932)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writings")
    void aNumberIsNotPasted(String writing, String target, byte[] content) throws Exception {
        long before = blocked();
        Process offering = installation.display().offer("clipboard", target, content);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                .as("the helper takes the selection over")
                .isTrue();

        Command paste = installation.display().paste("clipboard", target);

        assertThat(paste.out()).as("what the second program got").isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(blocked()).isGreaterThan(before));
        JsonNode event = blockedEvents().get(0);
        assertThat(event.get("channel").asText()).isEqualTo("CLIPBOARD");
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(event.get("labels").findValuesAsText("label")).contains("my_number");
        assertThat(event.get("process").asText()).contains("xclip");
        assertThat(event.get("masked").asText()).isNotEmpty().doesNotContain("5678");
        assertThat(incidents()).anySatisfy(incident -> {
            assertThat(incident.get("kind").asText()).isEqualTo("ATTEMPT");
            assertThat(incident.get("terminal").asText())
                    .isEqualTo(event.get("terminal").asText());
        });
    }

    /** A script is faster than a person, and may be faster than the takeover: each of its pastes is stopped or told of. */
    @Test
    void aPasteRightBehindItsCopyIsStoppedOrRecordedAsNotStopped() throws Exception {
        long blocked = blocked();
        long passed = notStopped();
        int got = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            byte[] content = ("個人番号 " + NUMBER + " の " + round).getBytes(StandardCharsets.UTF_8);
            Command script = Command.run(
                    SOON,
                    installation.display().environment(),
                    content,
                    "sh",
                    "-c",
                    "xclip -selection clipboard >/dev/null 2>&1 && xclip -selection clipboard -o");
            if (script.out().length > 0) {
                got++;
            }
        }
        long expected = blocked + ROUNDS;
        await().atMost(SOON).untilAsserted(() -> assertThat(blocked()).isEqualTo(expected));
        assertThat(notStopped() - passed).isEqualTo(got);
    }

    /** Such a program gets some of it; for each content there is one record, however often it asked. */
    @Test
    void whatAProgramGetsThatAsksWithoutAPauseIsRecorded() throws Exception {
        long passed = notStopped();
        int got = 0;
        try (XSource source = new XSource(installation.display());
                XSink greedy = new XSink(installation.display())) {
            for (int round = 1; round <= ROUNDS_WITHOUT_A_PAUSE; round++) {
                source.copy("個人番号 " + NUMBER + " を " + round);
                greedy.awaitOwner(owner -> owner == source.window());
                boolean once = false;
                while (greedy.paste().isPresent()) {
                    once = true;
                }
                got += once ? 1 : 0;
            }
        }
        long expected = passed + got;
        await().atMost(SOON).untilAsserted(() -> assertThat(notStopped()).isEqualTo(expected));
        if (got > 0) {
            assertThat(blockedEvents()).anySatisfy(event -> {
                assertThat(event.get("enforced").asBoolean()).isFalse();
                assertThat(event.get("incident").asText()).isNotEmpty();
            });
        }
    }

    private static long notStopped() throws Exception {
        long count = 0;
        for (JsonNode event : blockedEvents()) {
            count += event.get("enforced").asBoolean() ? 0 : 1;
        }
        return count;
    }

    @Test
    void cleanTextIsPasted() throws Exception {
        byte[] content = "令和8年度 予算案".getBytes(StandardCharsets.UTF_8);
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", content);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(installation.display().paste("clipboard", "UTF8_STRING").out())
                .isEqualTo(content);
    }

    @Test
    void withoutTheAgentTheNumberIsPasted() throws Exception {
        byte[] content = ("個人番号 " + NUMBER).getBytes(StandardCharsets.UTF_8);
        try (VirtualDisplay unguarded = VirtualDisplay.start(folder.resolve("unguarded"))) {
            Process offering = unguarded.offer("clipboard", "UTF8_STRING", content);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    unguarded.paste("clipboard", "UTF8_STRING").out())
                            .isEqualTo(content));
            offering.destroy();
            offering.waitFor();
        }
    }

    @Test
    void theNumberIsFoundNowhere() throws Exception {
        aNumberIsNotPasted("grouped", "UTF8_STRING", "個人番号 1234-5678-9018".getBytes(StandardCharsets.UTF_8));
        LeakHunt hunt = new LeakHunt(NUMBER);

        assertThat(hunt.in(folder))
                .as("files of server, database, agent, logs, network capture")
                .isEmpty();
        assertThat(hunt.inProcessArguments()).isEmpty();
    }

    @Test
    void theHuntFindsANumberThatIsThere() throws Exception {
        Path planted = java.nio.file.Files.createTempDirectory("planted");
        java.nio.file.Files.write(
                planted.resolve("file"), LeakHunt.wide(NUMBER).getBytes(Charset.forName("windows-31j")));

        assertThat(new LeakHunt(NUMBER).in(planted)).hasSize(1);
    }

    private static long blocked() throws Exception {
        return blockedEvents().size();
    }

    private static JsonNode blockedEvents() throws Exception {
        return installation.rest().get("/api/v1/events?verdict=BLOCK&limit=500").get("items");
    }

    private static List<JsonNode> incidents() throws Exception {
        List<JsonNode> all = new java.util.ArrayList<>();
        installation.rest().get("/api/v1/incidents").get("items").forEach(all::add);
        return all;
    }
}
