package org.sekisho.packaging.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that ended.
 *
 * @param exit its exit code
 * @param out all it wrote to standard output
 * @param err all it wrote to standard error
 */
public record Command(int exit, byte[] out, String err) {

    /**
     * Runs a command to its end.
     *
     * @throws IOException if it can't be started, or has not ended in time (it is killed then)
     */
    public static Command run(Duration limit, Map<String, String> environment, byte[] in, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("sekisho-out", "");
        Path err = Files.createTempFile("sekisho-err", "");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(in);
            } catch (IOException closedEarly) {
                // Its exit code and output say why it read no further.
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Command(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
                }
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(
                        command[0] + " had not ended after " + limit + "; it wrote: " + Files.readString(err));
            }
            return new Command(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** {@link #out} as UTF-8. */
    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
