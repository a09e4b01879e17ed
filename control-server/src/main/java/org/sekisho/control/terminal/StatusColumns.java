package org.sekisho.control.terminal;

import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Inventory;
import org.sekisho.v1.Status;

/** What of a terminal's status lists are searched and sorted by. Pure. */
final class StatusColumns {
    /** PostgreSQL keeps no NUL, and a sort key needs an end. */
    private static final int MAX_LENGTH = 200;

    private StatusColumns() {}

    /** The first account with a session; empty if there is none. */
    static String user(Status status) {
        return status.getInventory().getUsersCount() == 0
                ? ""
                : storable(status.getInventory().getUsers(0));
    }

    static String os(Status status) {
        Inventory inventory = status.getInventory();
        return storable((inventory.getOs() + " " + inventory.getOsVersion()).strip());
    }

    /** Whether a channel that should be guarded isn't; what this version doesn't know is not claimed to work. */
    static boolean failed(Status status) {
        return status.getChannelsList().stream()
                .map(org.sekisho.v1.ChannelState::getMode)
                .anyMatch(mode -> mode == ChannelMode.MODE_FAILED
                        || mode == ChannelMode.CHANNEL_MODE_UNSPECIFIED
                        || mode == ChannelMode.UNRECOGNIZED);
    }

    /** Whether nothing may leave it, by a command. */
    static boolean isolated(Status status) {
        return status.getIsolated();
    }

    private static String storable(String text) {
        String clean = text.replace("\0", "");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH);
    }
}
