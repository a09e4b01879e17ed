package org.sekisho.agent.channel;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One person's desktop on this terminal.
 *
 * @param id the X11 display such as {@code :0}, or the Windows session's number
 * @param user the account that is at work in it, as the OS names it
 * @param groups that account's groups
 */
public record DesktopSession(String id, String user, List<String> groups) {
    public DesktopSession {
        requireNonNull(id, "id is null");
        requireNonNull(user, "user is null");
        groups = List.copyOf(groups);
    }
}
