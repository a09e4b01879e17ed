package org.sekisho.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The surroundings of one run, so that tests can give their own.
 *
 * @param environment environment variables
 * @param home the operator's home directory
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param language of messages and help
 * @param zone in which times are shown and local times are read
 * @param clock what "2h ago" counts from
 * @param secretPrompt asks for a secret without echo; empty when there is no terminal to ask at
 */
public record Shell(
        Map<String, String> environment,
        Path home,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Locale language,
        ZoneId zone,
        Clock clock,
        Optional<Function<String, String>> secretPrompt) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    static Shell ofProcess() {
        return new Shell(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.in,
                new PrintWriter(System.out, true, charset("stdout.encoding")),
                new PrintWriter(System.err, true, charset("stderr.encoding")),
                Locale.getDefault(Locale.Category.DISPLAY),
                ZoneId.systemDefault(),
                Clock.systemUTC(),
                Optional.ofNullable(System.console()).map(Shell::askWithoutEcho));
    }

    /** The variable's value; empty when unset or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Function<String, String> askWithoutEcho(Console console) {
        return prompt -> {
            char[] secret = console.readPassword("%s", prompt);
            return secret == null ? "" : new String(secret);
        };
    }

    /** The terminal's own encoding, but UTF-8 where it is plain ASCII (LANG=C): names here are Japanese. */
    private static Charset charset(String property) {
        String name = System.getProperty(property, "");
        if (name.isEmpty() || !Charset.isSupported(name)) {
            return StandardCharsets.UTF_8;
        }
        Charset charset = Charset.forName(name);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
