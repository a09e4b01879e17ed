package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Installation;

/** Somebody turns the terminal's clock by a year, ahead and back: nothing is lost, and each jump is reported. */
class ClockJumpIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

    @TempDir
    Path folder;

    @Test
    void aYearAheadAndBackLosesNothingAndIsReported() throws Exception {
        Path offset = folder.resolve("clock");
        turn(offset, "+0");
        Map<String, String> settings = new HashMap<>(SizedPastes.EACH_ITS_OWN);
        settings.put("SEKISHO_UPLINK_BACKOFF_CAP_MILLIS", "2000");
        settings.put("LD_PRELOAD", libfaketime().toString());
        settings.put("FAKETIME_TIMESTAMP_FILE", offset.toString());
        settings.put("FAKETIME_NO_CACHE", "1");
        settings.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        try (Installation installation = Installation.start(folder, null, settings)) {
            SizedPastes pastes = new SizedPastes(installation);
            pastes.pasteUntilHandedOut();
            for (String clock : List.of("+365d", "+0", "-365d", "+0")) {
                turn(offset, clock);
                pastes.pasteUntilHandedOut();
            }

            pastes.assertAllThereOnce();
            assertThat(jumps(installation))
                    .satisfiesExactly(
                            millis -> assertThat(millis).isBetween(YEAR_MILLIS - 1_000, YEAR_MILLIS + 1_000),
                            millis -> assertThat(millis).isBetween(-YEAR_MILLIS - 1_000, -YEAR_MILLIS + 1_000),
                            millis -> assertThat(millis).isBetween(-YEAR_MILLIS - 1_000, -YEAR_MILLIS + 1_000),
                            millis -> assertThat(millis).isBetween(YEAR_MILLIS - 1_000, YEAR_MILLIS + 1_000));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(installation
                                    .rest()
                                    .get("/api/v1/incidents")
                                    .get("items")
                                    .findValuesAsText("kind"))
                            .contains("CLOCK_JUMP"));
        }
    }

    /** Replaces the file in one go, so that no reader ever sees half of it. */
    private static void turn(Path offset, String clock) throws IOException {
        Path next = offset.resolveSibling("clock.next");
        Files.writeString(next, clock + "\n");
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The jumps that the server knows of, oldest first. */
    private static List<Long> jumps(Installation installation) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (JsonNode event : installation
                .rest()
                .get("/api/v1/events?detail=true&kind=CLOCK_JUMPED")
                .get("items")) {
            millis.addFirst(event.get("detail").findValue("jumpMillis").asLong());
        }
        return millis;
    }

    private static Path libfaketime() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/usr/lib"), folder -> Files.isRegularFile(library(folder)))) {
            for (Path folder : found) {
                return library(folder);
            }
        }
        throw new IOException("there is no /usr/lib/*/faketime/libfaketimeMT.so.1; install the package libfaketime");
    }

    private static Path library(Path folder) {
        return folder.resolve("faketime/libfaketimeMT.so.1");
    }
}
