package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.OfficeFiles;

/**
 * That the archives of class data in the distribution are of use: the JVM says nothing when it can't take one, as when the class
 * path has another order, and only starts more slowly.
 */
class ClassDataIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String READY = "shared objects file";

    /** Runs the JVM as it is told to, but has it write down where each class comes from. */
    private static final String TELLING_JAVA = """
            #!/bin/bash
            arguments=()
            for argument; do [ "$argument" = -Xlog:disable ] || arguments+=("$argument"); done
            exec "$0.real" "-Xlog:class+load:file=SAID/$(date +%s%N)" "${arguments[@]}"
            """;

    private Path folder;
    private Path said;
    private Distribution distribution;

    @BeforeEach
    void telling() throws Exception {
        Path home = Distribution.fromSystemProperty().home();
        assumeThat(home.resolve("lib/agent/runtime")).isDirectory();
        // Other accounts must get in.
        folder = Files.createTempDirectory(
                "sekisho-class-data-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        said = Files.createDirectory(folder.resolve("said"));
        Files.setPosixFilePermissions(said, PosixFilePermissions.fromString("rwxrwxrwx"));
        distribution = new Distribution(folder.resolve("installed"));
        run("cp", "-a", home.toString(), distribution.home().toString());
        Path java = distribution.home().resolve("lib/agent/runtime/bin/java");
        Files.move(java, java.resolveSibling("java.real"));
        Files.writeString(java, TELLING_JAVA.replace("SAID", said.toString()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatTakesDocumentsApartAndWhoStartsItTakeTheirClassesFromTheArchives() throws Exception {
        scan();

        assertThat(loads("org.sekisho.agent.content.extract.DocumentReader")).contains(READY);
        assertThat(loads("org.apache.tika.parser.microsoft.ooxml.OOXMLParser")).contains(READY);
        assertThat(loads("org.sekisho.agent.Main")).contains(READY);
    }

    @Test
    void anotherClassPathIsNoneOfTheArchives() throws Exception {
        Path extract = distribution.home().resolve("lib/extract");
        try (Stream<Path> jars = Files.list(extract)) {
            Path first = jars.sorted().findFirst().orElseThrow();
            Files.copy(first, extract.resolve("0.jar"));
        }
        scan();

        assertThat(loads("org.apache.tika.parser.microsoft.ooxml.OOXMLParser"))
                .isNotEmpty()
                .doesNotContain(READY);
    }

    @AfterEach
    void tidy() throws Exception {
        run("rm", "-r", folder.toString());
    }

    /** Of each kind; all have to be read whole. */
    private void scan() throws Exception {
        List<String> command = new ArrayList<>(List.of(distribution.command("sekisho-agent"), "scan"));
        for (String kind : OfficeFiles.KINDS) {
            Path document = Files.write(folder.resolve("a." + kind), OfficeFiles.of(kind, "Minutes"));
            command.add(document.toString());
        }
        run(command.toArray(String[]::new));
    }

    /** Where a class came from, in whatever process it was loaded. */
    private String loads(String name) throws IOException {
        try (Stream<Path> files = Files.list(said)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains(" " + name + " source: ")) {
                        return line;
                    }
                }
            }
        }
        return "";
    }

    private static void run(String... command) throws Exception {
        Command done = Command.run(SOON, Map.of(), new byte[0], command);
        assertThat(done.exit()).as(List.of(command) + ": " + done.err()).isZero();
    }
}
