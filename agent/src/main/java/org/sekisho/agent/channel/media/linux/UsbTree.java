package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sekisho.agent.channel.media.BrokenDescriptorsException;
import org.sekisho.agent.channel.media.DeviceBus;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.agent.channel.media.UsbClasses;
import org.sekisho.agent.channel.media.UsbDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * USB devices below {@code /sys/bus/usb} (kernel documentation: usb/authorization). Deny by default is {@code
 * authorized_default} and {@code interface_authorized_default} of every host controller's root hub.
 *
 * <p>Of each device {@code authorized} is held open from before its descriptors are read until it is gone. As long as that file
 * answers, the device has not been unplugged, so that the descriptors are its own; and what is written into it can't reach
 * another device. Not thread-safe.
 */
final class UsbTree implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsbTree.class);
    static final Pattern DEVICE = Pattern.compile("[0-9]+-[0-9]+(\\.[0-9]+)*");
    private static final Pattern ROOT_HUB = Pattern.compile("usb[0-9]+");
    /** 127 a bus; more than this many devices on one terminal are no terminal any more. */
    private static final int MOST_DEVICES = 1_024;

    private final Path devices;
    private final Path probe;
    private final Map<String, Held> held = new HashMap<>();
    private final Set<String> denied = new HashSet<>();

    private record Held(RemovableDevice device, FileChannel authorized) {}

    /** @param sysfs {@code /sys} */
    UsbTree(Path sysfs) {
        Path bus = sysfs.resolve("bus/usb");
        this.devices = bus.resolve("devices");
        this.probe = bus.resolve("drivers_probe");
    }

    static boolean isThere(Path sysfs) {
        return Files.isDirectory(sysfs.resolve("bus/usb/devices"));
    }

    DeviceBus.Default denyByDefault() throws IOException {
        List<String> takenBack = new ArrayList<>();
        List<String> hubs = new ArrayList<>();
        for (String hub : names(ROOT_HUB)) {
            Path root = devices.resolve(hub);
            String key = hub + "/" + SysfsFile.inode(root);
            boolean changed = deny(root.resolve("interface_authorized_default"));
            changed |= deny(root.resolve("authorized_default"));
            if (!denied.add(key) && changed) {
                takenBack.add(hub);
            }
            hubs.add(hub);
        }
        String proof = hubs.isEmpty()
                ? "no USB host controller"
                : "authorized_default=0 on " + String.join(", ", hubs) + " (read back)";
        return new DeviceBus.Default(proof, takenBack);
    }

    /** True if it was not so already. */
    private static boolean deny(Path attribute) throws IOException {
        if (SysfsFile.read(attribute).equals("0")) {
            return false;
        }
        SysfsFile.write(attribute, "0");
        String now = SysfsFile.read(attribute);
        if (!now.equals("0")) {
            throw new IOException(attribute + " is " + now + " after 0 was written");
        }
        return true;
    }

    void allowByDefault() throws IOException {
        for (String hub : names(ROOT_HUB)) {
            SysfsFile.write(devices.resolve(hub).resolve("interface_authorized_default"), "1");
            SysfsFile.write(devices.resolve(hub).resolve("authorized_default"), "1");
        }
        denied.clear();
    }

    boolean deniesByDefault() throws IOException {
        for (String hub : names(ROOT_HUB)) {
            if (!SysfsFile.read(devices.resolve(hub).resolve("authorized_default"))
                    .equals("0")) {
                return false;
            }
        }
        return true;
    }

    List<RemovableDevice> devices() throws IOException {
        List<RemovableDevice> found = new ArrayList<>();
        Set<String> there = names(DEVICE);
        if (there.size() > MOST_DEVICES) {
            throw new IOException("there are " + there.size() + " USB devices, more than can be guarded");
        }
        for (String instance : Set.copyOf(held.keySet())) {
            if (!there.contains(instance)) {
                forget(instance);
            }
        }
        for (String instance : there) {
            known(instance).or(() -> read(instance)).ifPresent(one -> found.add(one.device()));
        }
        return found;
    }

    private Optional<Held> known(String instance) {
        Held known = held.get(instance);
        if (known == null) {
            return Optional.empty();
        }
        if (isAlive(known)) {
            return Optional.of(known);
        }
        forget(instance);
        return Optional.empty();
    }

    private static boolean isAlive(Held one) {
        try {
            return !SysfsFile.read(one.authorized()).isEmpty();
        } catch (IOException gone) {
            LOG.debug("{} was unplugged: {}", one.device().instance(), gone.getMessage());
            return false;
        }
    }

    private Optional<Held> read(String instance) {
        Path directory = devices.resolve(instance);
        try {
            FileChannel authorized = FileChannel.open(
                    directory.resolve("authorized"), StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                Held fresh = new Held(describe(instance, directory), authorized);
                if (isAlive(fresh)) {
                    held.put(instance, fresh);
                    return Optional.of(fresh);
                }
            } catch (IOException e) {
                LOG.debug("{} was unplugged while it was read: {}", instance, e.getMessage());
            }
            authorized.close();
        } catch (IOException e) {
            LOG.debug("{} was unplugged before it was read: {}", instance, e.getMessage());
        }
        return Optional.empty();
    }

    private static RemovableDevice describe(String instance, Path directory) throws IOException {
        byte[] descriptors = Files.readAllBytes(directory.resolve("descriptors"));
        String name = (SysfsFile.words(directory.resolve("manufacturer")) + " "
                        + SysfsFile.words(directory.resolve("product")))
                .strip();
        String plugging = SysfsFile.read(directory.resolve("devnum")) + "/" + SysfsFile.inode(directory);
        String flaw = "";
        UsbDescriptors parsed = new UsbDescriptors(0, 0, 0, List.of());
        try {
            parsed = UsbDescriptors.parse(descriptors);
        } catch (BrokenDescriptorsException e) {
            flaw = String.valueOf(e.getMessage());
        }
        return new RemovableDevice(
                instance,
                plugging,
                SysfsFile.read(directory.resolve("idVendor")),
                SysfsFile.read(directory.resolve("idProduct")),
                SysfsFile.words(directory.resolve("serial")),
                name,
                sha256(descriptors),
                UsbClasses.functions(parsed, name),
                flaw);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Set<String> admitted(RemovableDevice device) throws IOException {
        Held one = held.get(device.instance());
        if (one == null || !one.device().plugging().equals(device.plugging()) || !isAlive(one)) {
            return Set.of();
        }
        Set<String> admitted = new TreeSet<>();
        if (SysfsFile.read(one.authorized()).equals("1")) {
            for (String function : functions(device)) {
                if (SysfsFile.read(attribute(device, function)).equals("1")) {
                    admitted.add(function);
                }
            }
            if (admitted.isEmpty()) {
                admitted.add("");
            }
        }
        return admitted;
    }

    Set<String> admit(RemovableDevice device, Set<String> functions) throws IOException {
        Held one = held.get(device.instance());
        if (one == null || !one.device().plugging().equals(device.plugging()) || !isAlive(one)) {
            return Set.of();
        }
        try {
            if (functions.isEmpty()) {
                authorise(one, "0");
                return Set.of();
            }
            authorise(one, "1");
            settle(device, functions);
            return admitted(device);
        } catch (IOException e) {
            if (!isAlive(one)) {
                return Set.of();
            }
            SysfsFile.write(one.authorized(), "0");
            throw new IOException(
                    "%s could not be let in as decided, and was shut out: %s"
                            .formatted(device.instance(), e.getMessage()),
                    e);
        }
    }

    private static void authorise(Held one, String wanted) throws IOException {
        if (SysfsFile.read(one.authorized()).equals(wanted)) {
            return;
        }
        SysfsFile.write(one.authorized(), wanted);
        String now = SysfsFile.read(one.authorized());
        if (!now.equals(wanted)) {
            throw new IOException("authorized is " + now + " after " + wanted + " was written");
        }
    }

    /** What is not wanted goes first; what is wanted is authorised together before any of it is bound, as pairs need. */
    private void settle(RemovableDevice device, Set<String> wanted) throws IOException {
        List<String> present = functions(device);
        for (String function : present) {
            if (!wanted.contains(function)) {
                set(device, function, "0");
            }
        }
        List<String> fresh = new ArrayList<>();
        for (String function : present) {
            if (wanted.contains(function) && set(device, function, "1")) {
                fresh.add(function);
            }
        }
        for (String function : fresh) {
            SysfsFile.write(probe, device.instance() + ":" + function);
        }
    }

    /** True if it was not so already. */
    private boolean set(RemovableDevice device, String function, String wanted) throws IOException {
        Path attribute = attribute(device, function);
        if (SysfsFile.read(attribute).equals(wanted)) {
            return false;
        }
        SysfsFile.write(attribute, wanted);
        String now = SysfsFile.read(attribute);
        if (!now.equals(wanted)) {
            throw new IOException(attribute + " is " + now + " after " + wanted + " was written");
        }
        return true;
    }

    /** Those of the configuration that the kernel has chosen; none while the device is shut out. */
    private List<String> functions(RemovableDevice device) throws IOException {
        String prefix = device.instance() + ":";
        List<String> functions = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(devices, prefix + "*")) {
            all.forEach(path -> functions.add(path.getFileName().toString().substring(prefix.length())));
        }
        functions.sort(Comparator.naturalOrder());
        return functions;
    }

    private Path attribute(RemovableDevice device, String function) {
        return devices.resolve(device.instance() + ":" + function).resolve("authorized");
    }

    private Set<String> names(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(devices)) {
            all.forEach(path -> names.add(path.getFileName().toString()));
        } catch (NoSuchFileException e) {
            LOG.debug("there is no USB: {}", e.getMessage());
        }
        names.removeIf(name -> !pattern.matcher(name).matches());
        return names;
    }

    private void forget(String instance) {
        Held gone = held.remove(instance);
        if (gone != null) {
            close(gone);
        }
    }

    private static void close(Held one) {
        try {
            one.authorized().close();
        } catch (IOException e) {
            LOG.warn(
                    "the authorisation of {} could not be closed: {}",
                    one.device().instance(),
                    e.getMessage());
        }
    }

    @Override
    public void close() {
        held.values().forEach(UsbTree::close);
        held.clear();
    }
}
