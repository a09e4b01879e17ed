package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.Process;

/** The lines of decisions.txt, which an administrator can read. */
class DecisionTableTest {
    static Stream<String> lines() throws IOException {
        return Arrays.stream(resource("decisions.txt").split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DecisionTableTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void decidesAsTheTableSays(String line) throws Exception {
        List<String> cells = Arrays.stream(line.split("\\|"))
                .map(String::strip)
                .map(cell -> cell.equals("-") ? "" : cell)
                .toList();
        PolicyDecider decider = PolicyDecider.of(
                PolicyDocument.parse(resource("decisions.yaml")).policy());

        Decision decision = decider.decide(circumstances(cells), attempt(cells));

        assertThat(Vocabulary.word(decision.getVerdict().getValueDescriptor())).isEqualTo(cells.get(7));
        assertThat(decision.getRule()).isEqualTo(cells.get(8));
        assertThat(decision.getRevision()).isEqualTo(7);
    }

    private static Circumstances circumstances(List<String> cells) {
        Circumstances.Builder where = Circumstances.newBuilder()
                .setUser(cells.get(0))
                .setAtMicros(LocalDateTime.parse(cells.get(3))
                                .atZone(ZoneId.of("Asia/Tokyo"))
                                .toEpochSecond()
                        * 1_000_000);
        if (!cells.get(1).isEmpty()) {
            where.setLogin(LoginState.valueOf(cells.get(1).toUpperCase(Locale.ROOT)));
        }
        if (!cells.get(2).isEmpty()) {
            where.setNetwork(cells.get(2).equals("on") ? NetworkState.ON_NETWORK : NetworkState.OFF_NETWORK);
        }
        return where.build();
    }

    private static Attempt attempt(List<String> cells) {
        ClipboardSubject.Builder clipboard = ClipboardSubject.newBuilder();
        if (!cells.get(4).isEmpty()) {
            clipboard.setSource(Process.newBuilder().setPath(cells.get(4)));
        }
        if (!cells.get(5).isEmpty()) {
            clipboard.setDestination(Process.newBuilder().setPath(cells.get(5)));
        }
        Attempt.Builder attempt =
                Attempt.newBuilder().setChannel(Channel.CLIPBOARD).setClipboard(clipboard);
        for (String label : cells.get(6).split(",", -1)) {
            String[] parts = label.split(":", -1);
            if (parts.length == 3) {
                attempt.addLabels(Label.newBuilder()
                        .setLabel(parts[0])
                        .setCount(Integer.parseInt(parts[1]))
                        .setGrade(parts[2].equals("high") ? Grade.HIGH_CONFIDENCE : Grade.LOW_CONFIDENCE));
            }
        }
        return attempt.build();
    }
}
