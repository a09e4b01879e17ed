package org.sekisho.agent.service.windows;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How the service is put into the service control manager.
 *
 * @param name for programs
 * @param displayName for people
 * @param command the program and its arguments; each is quoted for Windows
 */
public record ServiceSettings(String name, String displayName, List<String> command) {
    /** The agent's service on a terminal. */
    public static final String NAME = "SekishoAgent";

    public ServiceSettings {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        command = List.copyOf(command);
    }
}
