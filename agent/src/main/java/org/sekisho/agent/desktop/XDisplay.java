package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An X display of this machine, and who is at work on it.
 *
 * @param name such as {@code :0}
 * @param user the account whose session it is
 * @param authority the file with its cookie; null if none is known
 */
record XDisplay(String name, String user, @Nullable Path authority) {
    XDisplay {
        requireNonNull(user, "user is null");
        if (!name.matches(":[0-9]{1,5}")) {
            throw new IllegalArgumentException("not a display of this machine: " + name);
        }
    }

    String number() {
        return name.substring(1);
    }

    /**
     * Displays as the setting {@code sekisho.desktop.displays} names them: {@code :99|alice|/path/to/authority}, separated by
     * commas; the last part may be left out.
     *
     * @throws IllegalArgumentException if that isn't what it says; the message names the part
     */
    static List<XDisplay> configured(String setting) {
        List<XDisplay> displays = new ArrayList<>();
        for (String part : setting.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            List<String> fields = List.of(part.strip().split("\\|", -1));
            if (fields.size() < 2 || fields.size() > 3) {
                throw new IllegalArgumentException(
                        "sekisho.desktop.displays: '" + part + "' is not DISPLAY|USER or DISPLAY|USER|AUTHORITY");
            }
            displays.add(
                    new XDisplay(fields.get(0), fields.get(1), fields.size() == 3 ? Path.of(fields.get(2)) : null));
        }
        return displays;
    }
}
