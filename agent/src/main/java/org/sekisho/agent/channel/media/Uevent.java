package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the kernel says of a change of a device ({@code lib/kobject_uevent.c}): a header {@code action@devpath} and variables,
 * each ended by a zero byte.
 *
 * @param action such as {@code add}
 * @param path below {@code /sys}, such as {@code /devices/pci0000:00/.../usb1/1-1}
 * @param subsystem such as {@code usb} or {@code block}
 */
public record Uevent(String action, String path, String subsystem) {
    /** {@code UEVENT_BUFFER_SIZE} and the header; the kernel sends no more. */
    public static final int MOST_BYTES = 8_192;

    public Uevent {
        requireNonNull(action, "action is null");
        requireNonNull(path, "path is null");
        requireNonNull(subsystem, "subsystem is null");
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
        String action = "";
        String path = "";
        String subsystem = "";
        String header = "";
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] != 0) {
                continue;
            }
            String text = new String(bytes, from, at - from, StandardCharsets.UTF_8);
            if (from == 0) {
                header = text;
            } else if (text.startsWith("ACTION=")) {
                action = text.substring("ACTION=".length());
            } else if (text.startsWith("DEVPATH=")) {
                path = text.substring("DEVPATH=".length());
            } else if (text.startsWith("SUBSYSTEM=")) {
                subsystem = text.substring("SUBSYSTEM=".length());
            }
            from = at + 1;
        }
        boolean whole = !action.isEmpty() && !subsystem.isEmpty() && header.equals(action + "@" + path);
        return whole ? Optional.of(new Uevent(action, path, subsystem)) : Optional.empty();
    }
}
