package org.sekisho.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void namesAndDefaultsArePinned() {
        assertThat(AgentConfig.defaults())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("sekisho.state-dir", "/var/lib/sekisho"),
                        Map.entry("sekisho.runtime-dir", "/run/sekisho"),
                        Map.entry("sekisho.desktop.dir", "/var/lib/sekisho-desktop"),
                        Map.entry("sekisho.desktop.displays", ""),
                        Map.entry("sekisho.language", "ja"),
                        Map.entry("sekisho.clipboard.max-bytes", "268435456"),
                        Map.entry("sekisho.media.enforce", "true"),
                        Map.entry("sekisho.journal.bytes", "67108864"),
                        Map.entry("sekisho.journal.repeat-seconds", "30"),
                        Map.entry("sekisho.uplink.backoff-first-millis", "1000"),
                        Map.entry("sekisho.uplink.backoff-cap-millis", "60000"),
                        Map.entry("sekisho.uplink.ping-seconds", "60")));
        assertThat(AgentConfig.defaultFile()).isEqualTo(Path.of("/etc/sekisho/agent.properties"));
    }

    @Test
    void everySettingIsRead() {
        AgentConfig config = load(Map.ofEntries(
                Map.entry("sekisho.state-dir", "/s"),
                Map.entry("sekisho.runtime-dir", "/r"),
                Map.entry("sekisho.desktop.dir", "/d"),
                Map.entry("sekisho.desktop.displays", ":1|a, :2|b|/x/auth"),
                Map.entry("sekisho.language", "en"),
                Map.entry("sekisho.clipboard.max-bytes", "67108864"),
                Map.entry("sekisho.media.enforce", "false"),
                Map.entry("sekisho.journal.bytes", "16777216"),
                Map.entry("sekisho.journal.repeat-seconds", "0"),
                Map.entry("sekisho.uplink.backoff-first-millis", "500"),
                Map.entry("sekisho.uplink.backoff-cap-millis", "60000"),
                Map.entry("sekisho.uplink.ping-seconds", "30")));

        assertThat(config)
                .isEqualTo(new AgentConfig(
                        Path.of("/s"),
                        Path.of("/r"),
                        Path.of("/d"),
                        List.of(":1|a", ":2|b|/x/auth"),
                        Locale.ENGLISH,
                        64L << 20,
                        false,
                        16L << 20,
                        Duration.ZERO,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30)));
    }

    @Test
    void systemPropertyBeatsEnvironmentBeatsFileBeatsDefault() {
        Map<String, String> file =
                Map.of("sekisho.state-dir", "/file", "sekisho.runtime-dir", "/file", "sekisho.desktop.dir", "/file");
        Map<String, String> environment = Map.of("SEKISHO_STATE_DIR", "/env", "SEKISHO_RUNTIME_DIR", "/env");
        Map<String, String> system = Map.of("sekisho.state-dir", "/system");

        AgentConfig config = AgentConfig.load(file, environment, system);

        assertThat(config.stateDir()).isEqualTo(Path.of("/system"));
        assertThat(config.runtimeDir()).isEqualTo(Path.of("/env"));
        assertThat(config.desktopDir()).isEqualTo(Path.of("/file"));
        assertThat(config.language()).isEqualTo(Locale.JAPANESE);
    }

    @ParameterizedTest
    @CsvSource({
        "sekisho.language, fr",
        "sekisho.clipboard.max-bytes, 1000",
        "sekisho.clipboard.max-bytes, many",
        "sekisho.journal.bytes, 0",
        "sekisho.journal.repeat-seconds, 601",
        "sekisho.journal.repeat-seconds, -1",
        "sekisho.uplink.backoff-first-millis, 10",
        "sekisho.uplink.backoff-cap-millis, 100",
        "sekisho.uplink.ping-seconds, 1",
        "sekisho.desktop.displays, here",
        "sekisho.state-dir, ''"
    })
    void whatIsOutOfItsRangeIsNamed(String name, String value) {
        assertThatThrownBy(() -> load(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anUnknownNameInTheFileIsAnError() {
        assertThatThrownBy(() -> load(Map.of("sekisho.state-dirr", "/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sekisho.state-dirr");
    }

    private static AgentConfig load(Map<String, String> file) {
        return AgentConfig.load(file, Map.of(), Map.of());
    }
}
