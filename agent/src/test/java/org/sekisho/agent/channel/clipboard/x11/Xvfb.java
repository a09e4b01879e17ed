package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** An X server for each test, on a display that it chooses itself. Also runs programs on it. */
public final class Xvfb implements BeforeEachCallback, AfterEachCallback {
    private final List<Process> started = new ArrayList<>();
    private final List<String> arguments;
    private String display = "";

    public String display() {
        return display;
    }

    /** A server with more arguments. */
    Xvfb(String... arguments) {
        this.arguments = List.of(arguments);
    }

    public Xvfb() {
        this(new String[0]);
    }

    /** The X server's process. */
    public Process server() {
        return started.get(0);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/Xvfb"))) {
            throw new TestAbortedException("/usr/bin/Xvfb is missing; install the packages xvfb, xclip and xsel");
        }
        List<String> command = new ArrayList<>(
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", "640x480x8", "-nolisten", "tcp", "-noreset"));
        command.addAll(arguments);
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(server);
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        String number = out.readLine();
        if (number == null) {
            throw new IllegalStateException("Xvfb ended with " + server.waitFor());
        }
        display = ":" + number.strip();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Process process : started.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        started.clear();
    }

    /** Starts a program on this display; it is ended with the display. */
    public Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Runs a program to its end, feeding it {@code input}, and returns what it printed; at most 20 s. */
    public byte[] run(byte[] input, String... command) throws IOException, InterruptedException {
        Process process = start(command);
        try (var in = process.getOutputStream()) {
            in.write(input);
        }
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        byte[] out = process.getInputStream().readAllBytes();
        process.waitFor();
        watch.join();
        started.remove(process);
        return out;
    }

    /** Has xclip own a selection with {@code content}; it stays until it loses it. */
    public Process xclip(byte[] content, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("xclip", "-quiet", "-i"));
        command.addAll(List.of(more));
        Process process = start(command.toArray(String[]::new));
        try (var in = process.getOutputStream()) {
            in.write(content);
        }
        return process;
    }
}
