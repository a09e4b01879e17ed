package org.sekisho.agent.service.windows;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How the service is put into the service control manager.
 *
 * @param name for programs
 * @param displayName for people
 * @param command the program and its arguments; quoted by {@link #commandLine}
 */
public record ServiceSettings(String name, String displayName, List<String> command) {
    /** The agent's service on a terminal. */
    public static final String NAME = "SekishoAgent";

    public ServiceSettings {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        command = List.copyOf(command);
    }

    /**
     * The command as one line. Each part is quoted, so that no program of another name is started when a folder's name has a
     * blank; a part with a quotation mark is refused.
     */
    public String commandLine() {
        return command.stream()
                .map(part -> {
                    if (part.indexOf('"') >= 0 || part.endsWith("\\")) {
                        throw new IllegalArgumentException("can't be part of a service's command line: " + part);
                    }
                    return '"' + part + '"';
                })
                .collect(Collectors.joining(" "));
    }
}
