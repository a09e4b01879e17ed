package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel says of a change of a device ({@code lib/kobject_uevent.c}): a header {@code action@devpath} and variables,
 * each ended by a zero byte.
 *
 * @param action such as {@code add}
 * @param path below {@code /sys}, such as {@code /devices/pci0000:00/.../usb1/1-1}
 * @param subsystem such as {@code usb} or {@code block}
 * @param variables all of them, by their names
 */
public record Uevent(String action, String path, String subsystem, Map<String, String> variables) {
    /** {@code UEVENT_BUFFER_SIZE} and the header; the kernel sends no more. */
    public static final int MOST_BYTES = 8_192;

    public Uevent {
        requireNonNull(action, "action is null");
        requireNonNull(path, "path is null");
        requireNonNull(subsystem, "subsystem is null");
        variables = Map.copyOf(variables);
    }

    /**
     * Reads a message.
     *
     * @return empty for what is no message of the kernel's, such as udev's own ({@code libudev})
     */
    public static Optional<Uevent> parse(byte[] bytes, int length) {
        if (length <= 0 || length > MOST_BYTES || length > bytes.length) {
            return Optional.empty();
        }
        String header = "";
        Map<String, String> variables = new HashMap<>();
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] != 0) {
                continue;
            }
            String text = new String(bytes, from, at - from, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            if (from == 0) {
                header = text;
            } else if (equals > 0) {
                variables.put(text.substring(0, equals), text.substring(equals + 1));
            }
            from = at + 1;
        }
        String action = variables.getOrDefault("ACTION", "");
        String path = variables.getOrDefault("DEVPATH", "");
        String subsystem = variables.getOrDefault("SUBSYSTEM", "");
        boolean whole = !action.isEmpty() && !subsystem.isEmpty() && header.equals(action + "@" + path);
        return whole ? Optional.of(new Uevent(action, path, subsystem, variables)) : Optional.empty();
    }

    /** The value of a variable; empty if there is none of this name. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }
}
