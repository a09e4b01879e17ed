package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.agent.channel.media.BrokenDescriptorsException;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.DeviceBus.Admitted;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.agent.channel.media.UsbClasses;
import org.sekisho.agent.channel.media.UsbDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * USB devices below {@code /sys/bus/usb} (kernel documentation: usb/authorization).
 *
 * <p>Of each device {@code authorized} is held open from before its descriptors are read until it is gone. As long as that file
 * answers, the device has not been unplugged, so that the descriptors are its own; and what is written into it can't reach
 * another device. Not thread-safe.
 */
final class UsbTree implements DeviceTree {
    private static final Logger LOG = LoggerFactory.getLogger(UsbTree.class);
    static final Pattern DEVICE = Pattern.compile("[0-9]+-[0-9]+(\\.[0-9]+)*");
    private static final Pattern ATTRIBUTED = Pattern.compile(DEVICE.pattern() + "(:[0-9]+\\.[0-9]+)?");
    /** Where a device descriptor has them (USB 2.0, table 9-8). */
    private static final int VENDOR = 8;

    private static final int PRODUCT = 10;
    /** 127 a bus; more than this many devices on one terminal are no terminal any more. */
    private static final int MOST_DEVICES = 1_024;

    private final Path devices;
    private final UsbFunctions functions;
    private final Map<String, Held> held = new HashMap<>();

    private record Held(RemovableDevice device, FileChannel authorized) {}

    /** @param sysfs {@code /sys} */
    UsbTree(Path sysfs) {
        this.devices = devices(sysfs);
        this.functions = new UsbFunctions(devices, probe(sysfs));
    }

    static Path devices(Path sysfs) {
        return sysfs.resolve("bus/usb/devices");
    }

    /** Written into, the name of a function has the kernel look for its driver. */
    static Path probe(Path sysfs) {
        return sysfs.resolve("bus/usb/drivers_probe");
    }

    static boolean isThere(Path sysfs) {
        return Files.isDirectory(devices(sysfs));
    }

    @Override
    public List<RemovableDevice> devices() throws IOException {
        List<RemovableDevice> found = new ArrayList<>();
        Set<String> there = SysfsFile.names(devices, DEVICE);
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

    /** Those in places where none was when they were last looked through; none if one of the others has gone meanwhile. */
    List<RemovableDevice> arrivals() throws IOException {
        Set<String> there = SysfsFile.names(devices, DEVICE);
        if (there.size() > MOST_DEVICES || !held.values().stream().allMatch(UsbTree::isAlive)) {
            return List.of();
        }
        List<RemovableDevice> found = new ArrayList<>();
        for (String instance : there) {
            if (!held.containsKey(instance)) {
                read(instance).ifPresent(one -> found.add(one.device()));
            }
        }
        return found;
    }

    /** Whether the one that was plugged in as this has not been pulled. */
    boolean isThere(PassingDevices.Plugging one) {
        try {
            return SysfsFile.read(devices.resolve(one.instance()).resolve("devnum"))
                    .equals(Integer.toString(one.number()));
        } catch (IOException gone) {
            LOG.debug("{} was unplugged: {}", one.instance(), gone.getMessage());
            return false;
        }
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

    /**
     * The kernel takes a device's attributes away one by one, {@code devnum} before {@code authorized}, and its strings after
     * that: what was read is whole if the one was there and the other still is.
     */
    private static RemovableDevice describe(String instance, Path directory) throws IOException {
        byte[] descriptors = SysfsFile.bytes(directory.resolve("descriptors"), UsbDescriptors.MOST_BYTES + 1);
        String name = (SysfsFile.words(directory.resolve("manufacturer")) + " "
                        + SysfsFile.words(directory.resolve("product")))
                .strip();
        String serial = SysfsFile.words(directory.resolve("serial"));
        String number = SysfsFile.read(directory.resolve("devnum"));
        if (number.isEmpty()) {
            throw new IOException("its attributes are being taken away");
        }
        String flaw = "";
        UsbDescriptors parsed = new UsbDescriptors(0, 0, 0, List.of());
        try {
            parsed = UsbDescriptors.parse(descriptors);
        } catch (BrokenDescriptorsException e) {
            flaw = String.valueOf(e.getMessage());
        }
        return new RemovableDevice(
                instance,
                number + "/" + SysfsFile.inode(directory),
                hexWord(descriptors, VENDOR),
                hexWord(descriptors, PRODUCT),
                serial,
                name,
                sha256(descriptors),
                UsbClasses.functions(parsed, name),
                flaw);
    }

    /** Little-endian, as a bus sends it; empty where the descriptors, which may be broken in other ways, end before it. */
    private static String hexWord(byte[] descriptors, int at) {
        return descriptors.length < at + 2
                ? ""
                : "%02x%02x".formatted(descriptors[at + 1] & 0xFF, descriptors[at] & 0xFF);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The device if it is still the one that was read. */
    private Optional<Held> same(RemovableDevice device) {
        return Optional.ofNullable(held.get(device.instance()))
                .filter(one -> one.device().plugging().equals(device.plugging()))
                .filter(UsbTree::isAlive);
    }

    @Override
    public Optional<Admission> admission(RemovableDevice device) throws IOException {
        Optional<Held> one = same(device);
        if (one.isEmpty()) {
            return Optional.empty();
        }
        try {
            Admission now = admission(one.get());
            return isAlive(one.get()) ? Optional.of(now) : Optional.empty();
        } catch (IOException e) {
            if (isAlive(one.get())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The kernel takes the functions away before the device, one by one: those that are gone are neither in nor out. */
    private Admission admission(Held one) throws IOException {
        return SysfsFile.read(one.authorized()).equals("1") ? functions.admission(one.device()) : Admission.NONE;
    }

    @Override
    public Admitted admit(RemovableDevice device, Set<String> wanted) throws IOException {
        Optional<Held> one = same(device);
        return one.isEmpty() ? Admitted.GONE : admit(one.get(), wanted);
    }

    private Admitted admit(Held one, Set<String> wanted) throws IOException {
        try {
            boolean before = authorise(one, !wanted.isEmpty());
            Admission found = new Admission(before, Set.of(), Set.of());
            if (!wanted.isEmpty()) {
                Admission functionsFound = functions.settle(one.device(), wanted);
                // What had been let in while the device was not is in by nobody's hand: that comes with the device.
                found = before ? functionsFound : found;
            }
            return new Admitted(Optional.of(found), admission(one));
        } catch (IOException e) {
            if (!isAlive(one)) {
                return Admitted.GONE;
            }
            SysfsFile.write(one.authorized(), "0");
            throw new IOException(
                    "%s could not be let in as decided, and was shut out: %s"
                            .formatted(one.device().instance(), e.getMessage()),
                    e);
        }
    }

    /** Whether it was authorised before. */
    private static boolean authorise(Held one, boolean wanted) throws IOException {
        boolean before = SysfsFile.read(one.authorized()).equals("1");
        if (before != wanted) {
            String written = wanted ? "1" : "0";
            SysfsFile.write(one.authorized(), written);
            String now = SysfsFile.read(one.authorized());
            if (!now.equals(written)) {
                throw new IOException("authorized is " + now + " after " + written + " was written");
            }
        }
        return before;
    }

    @Override
    public boolean has(RemovableDevice device) {
        return DEVICE.matcher(device.instance()).matches();
    }

    @Override
    public boolean carries(RemovableDevice device, Path blockDevice) {
        return device.instance().equals(LinuxDeviceBus.usbDevice(blockDevice));
    }

    /** Of devices and of their functions. */
    @Override
    public List<Path> attributes() throws IOException {
        return SysfsFile.names(devices, ATTRIBUTED).stream()
                .map(devices::resolve)
                .toList();
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
