package org.sekisho.agent.service.windows;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command by which Windows starts this same program, by this JVM, as the service. */
final class ServiceProgram {
    /** Small and steady: one collector thread, the quick compiler only; nobody can attach to it. */
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx64m",
            "-Xss512k");

    private ServiceProgram() {}

    /**
     * The command.
     *
     * @param state the state folder: said here, for a service's environment may name other folders than a person's
     * @param scratch for native libraries, which are unpacked before they are loaded: nobody else may write there
     * @param config the settings' file; null: the default one
     */
    static List<String> command(String mainClass, Path state, Path scratch, @Nullable Path config) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
        command.addAll(SMALL);
        command.add("-Djava.io.tmpdir=" + scratch);
        command.add("-Djna.tmpdir=" + scratch);
        command.add("-Dorg.sqlite.tmpdir=" + scratch);
        command.add("-Dsekisho.state-dir=" + state);
        command.add("-cp");
        command.add(classPath(System.getProperty("java.class.path")));
        command.add(mainClass);
        command.add("service");
        command.add("--by-windows");
        if (config != null) {
            command.add("--config");
            command.add(config.toAbsolutePath().toString());
        }
        return command;
    }

    /** As folders where it can, for a command line may have 32,767 characters at most. */
    static String classPath(String entries) {
        Set<String> shortened = new LinkedHashSet<>();
        for (String entry : entries.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            Path folder = path.getParent();
            boolean jar = entry.endsWith(".jar") && folder != null;
            shortened.add(jar ? folder + File.separator + '*' : path.toString());
        }
        return String.join(File.pathSeparator, shortened);
    }
}
