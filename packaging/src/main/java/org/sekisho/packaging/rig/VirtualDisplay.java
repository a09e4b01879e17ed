package org.sekisho.packaging.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real X server without a screen, open only to whom has its cookie. Not thread-safe. */
public final class VirtualDisplay implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process server;
    private final String name;
    private final Path authority;
    private final byte[] cookie;

    private VirtualDisplay(Process server, String name, Path authority, byte[] cookie) {
        this.server = server;
        this.name = name;
        this.authority = authority;
        this.cookie = cookie;
    }

    /** Starts one, with its cookie file in {@code folder}. */
    public static VirtualDisplay start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path authority = folder.resolve("xauthority");
        Path number = folder.resolve("display");
        byte[] cookie = new byte[16];
        new SecureRandom().nextBytes(cookie);
        String hex = HexFormat.of().formatHex(cookie);
        addCookie(authority, ":0", hex);
        Process server = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        "exec Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -auth \"$0\" 3>\"$1\"",
                        authority.toString(),
                        number.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xvfb.log").toFile())
                .start();
        Instant deadline = Instant.now().plus(START);
        while (!Files.exists(number) || !Files.readString(number).endsWith("\n")) {
            if (server.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
                server.destroyForcibly();
                throw new IOException("Xvfb did not come up:\n" + Files.readString(folder.resolve("xvfb.log")));
            }
        }
        String name = ":" + Files.readString(number).strip();
        addCookie(authority, name, hex);
        return new VirtualDisplay(server, name, authority, cookie);
    }

    private static void addCookie(Path authority, String display, String hex) throws IOException, InterruptedException {
        Command added = Command.run(
                START, Map.of(), new byte[0], "xauth", "-q", "-f", authority.toString(), "add", display, ".", hex);
        if (added.exit() != 0) {
            throw new IOException("xauth could not add a cookie for " + display + ": " + added.err());
        }
    }

    /** Such as {@code :99}. */
    public String name() {
        return name;
    }

    /** Its cookie file. */
    public Path authority() {
        return authority;
    }

    /** The secret in that file, for programs in this process. */
    byte[] cookie() {
        return cookie.clone();
    }

    /** What a program needs to reach it. */
    public Map<String, String> environment() {
        return Map.of("DISPLAY", name, "XAUTHORITY", authority.toString());
    }

    /**
     * Offers bytes on a selection by a real xclip in the foreground. It ends when another program takes the selection over,
     * which is how one sees from outside that the helper has; until then it serves.
     */
    public Process offer(String selection, String target, byte[] content) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("xclip", "-quiet", "-selection", selection, "-t", target, "-i")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        Process offering = builder.start();
        try (OutputStream stdin = offering.getOutputStream()) {
            stdin.write(content);
        }
        return offering;
    }

    /** What a second, real xclip gets. */
    public Command paste(String selection, String target) throws IOException, InterruptedException {
        return Command.run(START, environment(), new byte[0], "xclip", "-selection", selection, "-t", target, "-o");
    }

    @Override
    public void close() {
        ProductProcess.stop(server, STOP);
    }
}
