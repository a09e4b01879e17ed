package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import org.sekisho.v1.Process;

/**
 * A program asks for what is on the clipboard.
 *
 * @param id counts up within one helper
 * @param capture what it would get
 * @param destination the program that asks; the default instance if it could not be found out
 * @param target the format that it asks for
 */
public record Paste(long id, Capture capture, Process destination, String target) {
    public Paste {
        requireNonNull(capture, "capture is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(target, "target is null");
    }
}
