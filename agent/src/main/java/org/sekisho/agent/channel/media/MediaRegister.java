package org.sekisho.agent.channel.media;

import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Registration;

/** The media that the municipality has registered, as far as this terminal knows them. Thread-safe. */
@FunctionalInterface
public interface MediaRegister {

    /**
     * Whether a device is registered and neither lost, withdrawn nor expired. Never {@code REGISTRATION_UNSPECIFIED}, never
     * waits.
     *
     * @param device as read from its descriptors: vendor, product, serial and hash; {@code registration} is not set yet
     */
    Registration registration(MediaSubject device);

    /** Nothing is registered. */
    static MediaRegister empty() {
        return device -> Registration.NOT_REGISTERED;
    }
}
