package org.sekisho.agent.channel.clipboard.x11;

import java.util.List;
import java.util.Optional;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.HeldContent;

/**
 * A capture that is offered, or still being handed out after a newer one has come. It is wiped when the last of its users
 * lets go of it. Used by the connection's thread.
 */
final class Offer {
    private final Capture capture;
    private final List<OfferedFormat> formats;
    private int users = 1;

    Offer(Capture capture, List<OfferedFormat> formats) {
        this.capture = capture;
        this.formats = List.copyOf(formats);
    }

    Capture capture() {
        return capture;
    }

    List<OfferedFormat> formats() {
        return formats;
    }

    Optional<OfferedFormat> format(int target) {
        return formats.stream().filter(format -> format.target() == target).findFirst();
    }

    void retain() {
        users++;
    }

    void release() {
        if (--users == 0) {
            capture.contents().forEach(HeldContent::close);
        }
    }
}
