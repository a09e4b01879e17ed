package org.sekisho.packaging.wine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Windows JVM that runs. It is ended by its own process id, nobody else's. */
final class WineJvm {
    private final Process process;
    private final String name;
    private final PrintStream in;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    WineJvm(Process process, String name) {
        this.process = process;
        this.name = name;
        in = new PrintStream(process.getOutputStream(), true, UTF_8);
        outReader = reader(process.getInputStream(), out);
        errReader = reader(process.getErrorStream(), err);
    }

    private Thread reader(InputStream from, List<String> into) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            // Windows' own messages come in its code page, so what is not UTF-8 must not end the reading.
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    from,
                    UTF_8.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    into.add(line);
                }
            } catch (IOException e) {
                into.add("reading ended: " + e);
            }
        });
    }

    /** Its process id on this host. */
    long pid() {
        return process.pid();
    }

    boolean running() {
        return process.isAlive();
    }

    /** Lines of its standard output, as they come. */
    List<String> out() {
        return out;
    }

    /** Lines of its standard error, as they come. */
    List<String> err() {
        return err;
    }

    /** Writes a line to its standard input. */
    void say(String line) {
        in.println(line);
    }

    /** Waits until it ends by itself and all it printed is here. */
    int join() throws InterruptedException {
        int status = process.waitFor();
        outReader.join();
        errReader.join();
        return status;
    }

    /** Ends it without a chance to tidy up, and waits. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
