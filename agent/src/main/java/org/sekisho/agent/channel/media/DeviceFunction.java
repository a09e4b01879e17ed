package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.sekisho.v1.MediaClass;

/**
 * The smallest part of a device that can be let in alone: a USB interface, or the device itself where it has no parts.
 *
 * @param id as the OS names it within its device: {@code 1.0} is USB configuration 1, interface 0
 * @param classes what it can be; several where it can switch, and then all must be let in
 * @param triples its USB class codes; empty for what is not USB
 */
public record DeviceFunction(String id, Set<MediaClass> classes, List<String> triples) {
    public DeviceFunction {
        requireNonNull(id, "id is null");
        classes = Set.copyOf(classes);
        triples = List.copyOf(triples);
    }
}
