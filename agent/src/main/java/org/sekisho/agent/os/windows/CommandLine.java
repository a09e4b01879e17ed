package org.sekisho.agent.os.windows;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A program and its arguments as the one line that Windows passes on, by the rules of {@code CommandLineToArgvW}. Each part
 * is quoted, so that no program of another name is started when a folder's name has a blank.
 */
public final class CommandLine {
    private CommandLine() {}

    public static String of(List<String> command) {
        return command.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String part) {
        StringBuilder line = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                backslashes++;
            } else {
                // Before a quotation mark each backslash counts as an escape; elsewhere it stands for itself.
                line.repeat("\\", c == '"' ? 2 * backslashes + 1 : backslashes).append(c);
                backslashes = 0;
            }
        }
        return line.repeat("\\", 2 * backslashes).append('"').toString();
    }
}
