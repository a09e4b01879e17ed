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
    /** Nobody is at work. */
    public static final DesktopSession NONE = new DesktopSession("", "", List.of());

    /** Somebody is at work, and it can't be told who of several: for what is decided and recorded, nobody. */
    public static final DesktopSession UNCLEAR = new DesktopSession("?", "", List.of());

    public DesktopSession {
        requireNonNull(id, "id is null");
        requireNonNull(user, "user is null");
        groups = List.copyOf(groups);
    }
}
