package org.sekisho.packaging.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Installation;

/** The service is killed, and its desktop helper is followed by another's. */
class HelperSuccessionIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeEach
    void start() throws Exception {
        installation = Installation.start(folder, null);
        awaitGuard();
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    private void awaitGuard() {
        await().atMost(SOON).until(installation::guardsTheClipboard);
    }

    private void copy(String text) throws Exception {
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", text.getBytes(UTF_8));
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                .as("a helper takes the selection over")
                .isTrue();
    }

    /** How many labels each attempt has: a copy that was not inspected has none. */
    private List<Integer> attempts() throws Exception {
        List<Integer> labels = new ArrayList<>();
        for (JsonNode event :
                installation.rest().get("/api/v1/events?kind=ATTEMPT&limit=100").get("items")) {
            labels.add(event.get("labels").size());
        }
        return labels;
    }

    @Test
    void whatTheNewHelperTakesOverFromTheOldOneIsNoCopyOfAUsers() throws Exception {
        copy("個人番号 1234-5678-9018");
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts()).hasSize(1));

        installation.agent().kill();
        installation.agent().start();
        // Copied until a helper is there that can tell the new service.
        await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            copy("マイナンバー 987654321093");
            assertThat(attempts()).hasSizeGreaterThan(1);
        });

        assertThat(attempts()).doesNotContain(0);
        assertThat(installation.display().paste("clipboard", "UTF8_STRING").out())
                .isEmpty();
    }
}
