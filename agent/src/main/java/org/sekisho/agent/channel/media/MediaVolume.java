package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.v1.MediaSubject;

/**
 * A block device that exists because its removable device was let in: a whole disk, or one of its partitions.
 *
 * @param device instance path of the device that it is on, such as {@code 1-1.4}; two volumes of one device share it
 * @param name the block device's name as the kernel gives it, such as {@code sdb1}
 * @param subject what was decided about, as in the event that let the device in; its text is not masked
 * @param readOnly the block device itself was set read-only, and that was read back
 * @param session whose person the decision was made for; its user is empty when nobody was at work
 */
public record MediaVolume(String device, String name, MediaSubject subject, boolean readOnly, DesktopSession session) {
    public MediaVolume {
        requireNonNull(device, "device is null");
        requireNonNull(name, "name is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(session, "session is null");
    }
}
