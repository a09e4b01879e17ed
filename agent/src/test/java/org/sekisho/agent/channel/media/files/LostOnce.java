package org.sekisho.agent.channel.media.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program that serves a volume, but that it ends on its first start before it serves anything, with what a JVM prints that fails. The
 * last entry of the class path is the folder that remembers that start.
 */
public final class LostOnce {
    private LostOnce() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        Path started = Path.of(classPath.substring(classPath.lastIndexOf(File.pathSeparatorChar) + 1), "started");
        if (Files.exists(started)) {
            MediaMountMain.main(args);
            return;
        }
        Files.createFile(started);
        System.out.println("#\n# A fatal error has been detected");
        System.out.flush();
        Runtime.getRuntime().halt(134);
    }
}
