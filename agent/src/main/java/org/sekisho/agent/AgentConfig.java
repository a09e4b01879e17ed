package org.sekisho.agent;

import static java.util.Objects.requireNonNull;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.agent.journal.JournalLimits;

/**
 * The agent's settings, checked. A system property overrides an environment variable (`SEKISHO_STATE_DIR` for {@code
 * sekisho.state-dir}), which overrides the file, which overrides the default.
 *
 * @param stateDir {@code sekisho.state-dir}: everything that must outlive a restart; for the agent's account alone
 * @param runtimeDir {@code sekisho.runtime-dir}: the local socket (Linux)
 * @param desktopDir {@code sekisho.desktop.dir}: where helpers keep large contents, sealed, on a disk (Linux); their account
 *     must be able to reach it
 * @param desktopDisplays {@code sekisho.desktop.displays}: X displays to guard besides those that are found, each as {@code
 *     :99|alice} or {@code :99|alice|/path/of/its/Xauthority}
 * @param language {@code sekisho.language}: {@code ja} or {@code en}, what users are told in
 * @param clipboardMaxBytes {@code sekisho.clipboard.max-bytes}: largest content that is held and inspected
 * @param mediaEnforce {@code sekisho.media.enforce}: {@code false}: removable devices are watched and recorded, and none is
 *     touched, whatever the policy says
 * @param journalBytes {@code sekisho.journal.bytes}: room on disk for events
 * @param journalRepeat {@code sekisho.journal.repeat-seconds}: attempts that were let through and are alike count as one event
 *     within this time; 0: each is an event of its own
 * @param backoffFirst {@code sekisho.uplink.backoff-first-millis}: ceiling of the first wait before reconnecting
 * @param backoffCap {@code sekisho.uplink.backoff-cap-millis}: highest ceiling
 * @param pingEvery {@code sekisho.uplink.ping-seconds}: how often a silent server is pinged
 */
public record AgentConfig(
        Path stateDir,
        Path runtimeDir,
        Path desktopDir,
        List<String> desktopDisplays,
        Locale language,
        long clipboardMaxBytes,
        boolean mediaEnforce,
        long journalBytes,
        Duration journalRepeat,
        Duration backoffFirst,
        Duration backoffCap,
        Duration pingEvery) {
    private static final String PREFIX = "sekisho.";

    /** Also read, but not the agent's settings: start scripts and the enrolment use them. */
    private static final Set<String> OTHERS =
            Set.of("sekisho.main", "sekisho.server", "sekisho.ca", "sekisho.token-file", "sekisho.enrol-token");

    public AgentConfig {
        requireNonNull(stateDir, "stateDir is null");
        requireNonNull(runtimeDir, "runtimeDir is null");
        desktopDisplays = List.copyOf(desktopDisplays);
        require(!stateDir.toString().isBlank(), "sekisho.state-dir must name a folder");
        require(!runtimeDir.toString().isBlank(), "sekisho.runtime-dir must name a folder");
        require(!desktopDir.toString().isBlank(), "sekisho.desktop.dir must name a folder");
        require(
                desktopDisplays.stream().allMatch(display -> display.matches(":[0-9]{1,5}[|][^|]+([|][^|]+)?")),
                "sekisho.desktop.displays must be like :0|alice or :0|alice|/path/of/Xauthority, separated by commas");
        require(
                language.equals(Locale.JAPANESE) || language.equals(Locale.ENGLISH),
                "sekisho.language must be ja or en");
        // 64 MiB: what a clipboard must be able to carry; 4 GiB: beyond it nothing on a desktop survives either.
        require(
                clipboardMaxBytes >= 64L << 20 && clipboardMaxBytes <= 4L << 30,
                "sekisho.clipboard.max-bytes must be from 67108864 (64 MiB) to 4294967296 (4 GiB)");
        require(
                journalBytes >= 16L << 20 && journalBytes <= 16L << 30,
                "sekisho.journal.bytes must be from 16777216 (16 MiB) to 17179869184 (16 GiB)");
        // Beyond ten minutes a count says too little of when it happened.
        require(
                !journalRepeat.isNegative() && journalRepeat.toSeconds() <= 600,
                "sekisho.journal.repeat-seconds must be from 0 to 600");
        require(
                backoffFirst.toMillis() >= 100 && backoffFirst.compareTo(backoffCap) <= 0,
                "sekisho.uplink.backoff-first-millis must be at least 100 and not above sekisho.uplink.backoff-cap-millis");
        require(
                backoffCap.compareTo(Duration.ofHours(1)) <= 0,
                "sekisho.uplink.backoff-cap-millis must be at most 3600000 (an hour)");
        // gRPC clients raise what is shorter than 10 s to 10 s.
        require(
                pingEvery.toSeconds() >= 10 && pingEvery.toSeconds() <= 3_600,
                "sekisho.uplink.ping-seconds must be from 10 to 3600");
    }

    /** Every setting's name with its default. */
    static Map<String, String> defaults() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        String programData = Optional.ofNullable(System.getenv("ProgramData")).orElse("C:\\ProgramData");
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("sekisho.state-dir", windows ? programData + "\\Sekisho\\state" : "/var/lib/sekisho");
        defaults.put("sekisho.runtime-dir", windows ? programData + "\\Sekisho\\run" : "/run/sekisho");
        defaults.put("sekisho.desktop.dir", windows ? programData + "\\Sekisho\\desktop" : "/var/lib/sekisho-desktop");
        defaults.put("sekisho.desktop.displays", "");
        defaults.put("sekisho.language", "ja");
        defaults.put("sekisho.clipboard.max-bytes", String.valueOf(256L << 20));
        defaults.put("sekisho.media.enforce", "true");
        defaults.put("sekisho.journal.bytes", String.valueOf(64L << 20));
        defaults.put(
                "sekisho.journal.repeat-seconds",
                String.valueOf(JournalLimits.STANDARD.repeatWindow().toSeconds()));
        defaults.put("sekisho.uplink.backoff-first-millis", "1000");
        defaults.put("sekisho.uplink.backoff-cap-millis", "60000");
        defaults.put("sekisho.uplink.ping-seconds", "60");
        return defaults;
    }

    /** Where the settings' file is looked for if none is named. */
    public static Path defaultFile() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return windows
                ? Path.of(
                        Optional.ofNullable(System.getenv("ProgramData")).orElse("C:\\ProgramData"),
                        "Sekisho",
                        "agent.properties")
                : Path.of("/etc/sekisho/agent.properties");
    }

    /**
     * Reads the settings of this process.
     *
     * @param file empty: the default file, if it is there
     * @throws IOException if the file can't be read
     * @throws IllegalArgumentException if a setting is unknown, no number, or out of its range; names it
     */
    public static AgentConfig load(Optional<Path> file) throws IOException {
        return load(properties(file), System.getenv(), systemProperties());
    }

    static AgentConfig load(Map<String, String> file, Map<String, String> environment, Map<String, String> system) {
        known(file.keySet());
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(defaults(), "defaults", 100))
                .withSources(new PropertiesConfigSource(file, "file", 200))
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new PropertiesConfigSource(system, "system properties", 400))
                .build();
        return new AgentConfig(
                Path.of(text(config, "sekisho.state-dir")),
                Path.of(text(config, "sekisho.runtime-dir")),
                Path.of(text(config, "sekisho.desktop.dir")),
                list(text(config, "sekisho.desktop.displays")),
                Locale.of(text(config, "sekisho.language")),
                number(config, "sekisho.clipboard.max-bytes"),
                choice(config, "sekisho.media.enforce"),
                number(config, "sekisho.journal.bytes"),
                Duration.ofSeconds(number(config, "sekisho.journal.repeat-seconds")),
                Duration.ofMillis(number(config, "sekisho.uplink.backoff-first-millis")),
                Duration.ofMillis(number(config, "sekisho.uplink.backoff-cap-millis")),
                Duration.ofSeconds(number(config, "sekisho.uplink.ping-seconds")));
    }

    private static Map<String, String> properties(Optional<Path> named) throws IOException {
        Path file = named.orElseGet(AgentConfig::defaultFile);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            if (named.isPresent()) {
                throw new IOException(file + ": there is no such file", e);
            }
        }
        Map<String, String> map = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : new SysPropConfigSource().getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                map.put(name, System.getProperty(name, ""));
            }
        }
        return map;
    }

    private static void known(Set<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(defaults().keySet());
        unknown.removeAll(OTHERS);
        require(
                unknown.isEmpty(),
                "unknown settings: %s. Known: %s".formatted(unknown, defaults().keySet()));
    }

    private static String text(SmallRyeConfig config, String name) {
        return Optional.ofNullable(config.getConfigValue(name).getValue())
                .orElse("")
                .strip();
    }

    private static long number(SmallRyeConfig config, String name) {
        String value = text(config, name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, not \"%s\"".formatted(name, value), e);
        }
    }

    private static boolean choice(SmallRyeConfig config, String name) {
        String value = text(config, name);
        require(
                value.equals("true") || value.equals("false"),
                "%s must be true or false, not \"%s\"".formatted(name, value));
        return value.equals("true");
    }

    private static List<String> list(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*"));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
