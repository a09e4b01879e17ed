package org.sekisho.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs commands in surroundings that a test chooses. */
final class Run {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** What a run left. */
    record Result(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Locale language = Locale.ENGLISH;
    private String input = "";
    private Optional<java.util.function.Function<String, String>> prompt = Optional.empty();

    private Run(Path home) {
        this.home = home;
    }

    static Run in(Path home) {
        return new Run(home);
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run japanese() {
        language = Locale.JAPAN;
        return this;
    }

    Run typing(String text) {
        input = text;
        return this;
    }

    Run answering(String secret) {
        prompt = Optional.of(question -> secret);
        return this;
    }

    /** One secret for each time one is asked for. */
    Run answeringInTurn(String... secrets) {
        Iterator<String> turns = List.of(secrets).iterator();
        prompt = Optional.of(question -> turns.next());
        return this;
    }

    Result command(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                environment,
                home,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                language,
                ZoneId.of("Asia/Tokyo"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                prompt);
        int exit = Main.run(shell, args);
        return new Result(exit, out.toString(), err.toString());
    }
}
