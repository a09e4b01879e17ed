package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.v1.Tampered;

/**
 * What the media guard works with.
 *
 * @param bus the operating system's devices
 * @param desk decides and records
 * @param register says which devices the municipality knows
 * @param volumes is told of the volumes of what is let in
 * @param people speaks with the person at the terminal
 * @param person whose session is in front now; its user is empty if nobody is at work
 * @param tampered records what somebody did to the devices behind the agent's back
 * @param departed is told of the instance path of each device that is gone
 * @param observeOnly touch nothing, whatever the policy says; for trying the agent on a machine that does other work
 */
public record MediaParts(
        DeviceBus bus,
        AttemptDesk desk,
        MediaRegister register,
        VolumeListener volumes,
        PersonDesk people,
        Supplier<DesktopSession> person,
        Consumer<Tampered> tampered,
        Consumer<String> departed,
        boolean observeOnly) {
    public MediaParts {
        requireNonNull(bus, "bus is null");
        requireNonNull(desk, "desk is null");
        requireNonNull(register, "register is null");
        requireNonNull(volumes, "volumes is null");
        requireNonNull(people, "people is null");
        requireNonNull(person, "person is null");
        requireNonNull(tampered, "tampered is null");
        requireNonNull(departed, "departed is null");
    }
}
