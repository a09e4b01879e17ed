package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSubject;

/**
 * A device that is plugged in, as it describes itself; nothing of it is to be trusted but where it is plugged in.
 *
 * @param instance where it is plugged in, such as {@code 1-1.4}
 * @param plugging tells one plugging-in from the next at the same place; the OS's own, never the device's
 * @param vendorId four lower-case hex digits; empty for what is not USB
 * @param productId four lower-case hex digits; empty for what is not USB
 * @param serial as it says; may be empty
 * @param name maker and product as it says, not masked; may be empty
 * @param deviceHash SHA-256 over its descriptors, lower-case hex; empty where it has none
 * @param functions its parts; empty where its descriptors are broken
 * @param flaw what is wrong with its descriptors; empty if nothing is
 */
public record RemovableDevice(
        String instance,
        String plugging,
        String vendorId,
        String productId,
        String serial,
        String name,
        String deviceHash,
        List<DeviceFunction> functions,
        String flaw) {
    public RemovableDevice {
        requireNonNull(instance, "instance is null");
        requireNonNull(plugging, "plugging is null");
        requireNonNull(vendorId, "vendorId is null");
        requireNonNull(productId, "productId is null");
        requireNonNull(serial, "serial is null");
        requireNonNull(name, "name is null");
        requireNonNull(deviceHash, "deviceHash is null");
        functions = List.copyOf(functions);
        requireNonNull(flaw, "flaw is null");
    }

    /** What it is, all together; {@code OTHER_DEVICE} where that can't be told. */
    public Set<MediaClass> classes() {
        Set<MediaClass> classes = new TreeSet<>();
        functions.forEach(function -> classes.addAll(function.classes()));
        return classes.isEmpty() ? Set.of(MediaClass.OTHER_DEVICE) : classes;
    }

    /** What calls itself a disk and turns out to be a drive of discs. */
    RemovableDevice asOptical() {
        List<DeviceFunction> corrected = functions.stream()
                .map(function -> new DeviceFunction(
                        function.id(),
                        function.classes().stream()
                                .map(type -> MediaRulings.isStorage(type) ? MediaClass.OPTICAL : type)
                                .collect(Collectors.toSet()),
                        function.triples()))
                .toList();
        return new RemovableDevice(instance, plugging, vendorId, productId, serial, name, deviceHash, corrected, flaw);
    }

    /** Whether it is this very device that {@code other} is, as far as the device's own word goes. */
    boolean saysToBe(RemovableDevice other) {
        return vendorId.equals(other.vendorId)
                && productId.equals(other.productId)
                && serial.equals(other.serial)
                && deviceHash.equals(other.deviceHash);
    }

    /** The subject of a decision about one class of it. */
    MediaSubject.Builder subject(MediaClass type) {
        MediaSubject.Builder subject = MediaSubject.newBuilder()
                .setMediaClass(type)
                .setVendorId(vendorId)
                .setProductId(productId)
                .setSerial(serial)
                .setInstance(instance)
                .setDeviceHash(deviceHash)
                .setName(name);
        functions.stream()
                .flatMap(function -> function.triples().stream())
                .distinct()
                .sorted()
                .forEach(subject::addInterfaces);
        functions.stream()
                .filter(function -> function.classes().contains(type))
                .map(DeviceFunction::id)
                .filter(id -> !id.isEmpty())
                .forEach(subject::addFunctions);
        return subject;
    }
}
