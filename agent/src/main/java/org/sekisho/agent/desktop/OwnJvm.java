package org.sekisho.agent.desktop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another process of this same program is started: by this JVM, from this class path. */
final class OwnJvm {
    /** Small and quick to start: one collector thread, no second compiler, a heap that shrinks again. Idle 43 MB PSS. */
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-Xss512k",
            "-Xms4m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:ReservedCodeCacheSize=16m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8");

    private OwnJvm() {}

    /**
     * The command line.
     *
     * @param heapMegabytes the most that the heap may grow to
     * @param scratch a directory of the process's own for temporary files
     */
    static List<String> command(int heapMegabytes, Path scratch, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-Djava.io.tmpdir=" + scratch);
        command.add("-Djna.tmpdir=" + scratch);
        // Installed beside the program; otherwise each helper unpacks its own.
        String natives = System.getProperty("jna.boot.library.path");
        if (natives != null) {
            command.add("-Djna.boot.library.path=" + natives);
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
