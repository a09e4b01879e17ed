package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.v1.Encryption;

/**
 * Devices as an operating system has them, but without one: what is plugged in is shut out or not by the default of that
 * moment, and a storage function that is let in makes block devices. Keeps a record of all that ever was bound.
 */
public final class FakeDeviceBus implements DeviceBus {
    private final Map<String, Plugged> plugged = new LinkedHashMap<>();
    private final AtomicLong pluggings = new AtomicLong();
    private final List<RemovableDevice> passing = new ArrayList<>();
    private List<RemovableDevice> passed = List.of();
    private List<RemovableDevice> listed = List.of();
    /** Every function and block device that ever came to be, as the kernel would announce it. */
    public final List<String> announced = new ArrayList<>();

    private boolean denies;
    private boolean deniedBefore;
    private Runnable hint = () -> {};
    /** What fails; empty: nothing. */
    public String broken = "";

    public boolean silent;
    private String doomed = "";
    private String handled = "";
    /** What devices call themselves. */
    public String name = "Maker Thing";

    /** A device as the bus has it. */
    private static final class Plugged {
        final RemovableDevice device;
        final List<String> disks;
        final Encryption encryption;
        final Set<String> admitted = new TreeSet<>();
        final Map<String, Volume> volumes = new LinkedHashMap<>();
        boolean openedByHand;
        boolean leaving;

        Plugged(RemovableDevice device, List<String> disks, Encryption encryption) {
            this.device = device;
            this.disks = disks;
            this.encryption = encryption;
        }

        boolean authorised() {
            return openedByHand || !admitted.isEmpty();
        }
    }

    /** Plugs something in; {@code disks} come to be when its storage function is let in. */
    public RemovableDevice plug(String instance, String serial, byte[] descriptors, String... disks) {
        return plug(instance, serial, Encryption.NOT_ENCRYPTED, descriptors, disks);
    }

    public RemovableDevice plug(
            String instance, String serial, Encryption encryption, byte[] descriptors, String... disks) {
        return plug(device(instance, serial, descriptors), encryption, disks);
    }

    private RemovableDevice plug(RemovableDevice device, Encryption encryption, String... disks) {
        Plugged one = new Plugged(device, List.of(disks), encryption);
        plugged.put(device.instance(), one);
        announced.add("device " + device.instance());
        if (!denies) {
            Set<String> all = new TreeSet<>();
            device.functions().forEach(function -> all.add(function.id()));
            bind(one, all);
        }
        hint();
        return device;
    }

    private RemovableDevice device(String instance, String serial, byte[] descriptors) {
        UsbDescriptors parsed = new UsbDescriptors(0, 0, 0, List.of());
        String flaw = "";
        try {
            parsed = UsbDescriptors.parse(descriptors);
        } catch (BrokenDescriptorsException e) {
            flaw = String.valueOf(e.getMessage());
        }
        return new RemovableDevice(
                instance,
                "p" + pluggings.incrementAndGet(),
                "%04x".formatted(parsed.vendorId()),
                "%04x".formatted(parsed.productId()),
                serial,
                name,
                Integer.toHexString(java.util.Arrays.hashCode(descriptors)),
                UsbClasses.functions(parsed, name),
                flaw);
    }

    /** Plugs something in and pulls it before anybody can read it. */
    public void pass(String instance, byte[] descriptors) {
        RemovableDevice read = device(instance, "", descriptors);
        announced.add("device " + instance);
        passing.add(new RemovableDevice(
                instance,
                read.plugging(),
                read.vendorId(),
                read.productId(),
                "",
                "",
                "",
                List.of(),
                "it was unplugged before it could be read"));
        hint();
    }

    public void unplug(String instance) {
        plugged.remove(instance);
        hint();
    }

    /** The kernel has begun to take a device away that was pulled: its functions are gone, and it is still listed. */
    public void beginToLeave(String instance) {
        Plugged one = plugged.get(instance);
        if (one != null) {
            one.leaving = true;
        }
        hint();
    }

    /** The device is pulled in the moment after it was listed the next time. */
    public void unplugWhenListed(String instance) {
        doomed = instance;
    }

    /** What root does by hand, behind the guard's back. */
    public void byHand(String instance, Set<String> functions) {
        Plugged one = plugged.get(instance);
        if (one != null) {
            bind(one, functions);
            one.openedByHand = functions.equals(Set.of(""));
        }
        hint();
    }

    /** The same, in the moment between the guard's look at the device and its act. */
    public void byHandWhenAdmitted(String instance) {
        handled = instance;
    }

    public void openByHand() {
        denies = false;
    }

    public void writableByHand(String volume) {
        for (Plugged one : plugged.values()) {
            one.volumes.computeIfPresent(volume, (name, was) -> with(was, false));
        }
    }

    public Set<String> in(String instance) {
        Plugged one = plugged.get(instance);
        return one == null ? Set.of() : Set.copyOf(one.admitted);
    }

    public Optional<Volume> volume(String name) {
        return plugged.values().stream()
                .flatMap(one -> one.volumes.values().stream())
                .filter(volume -> volume.name().equals(name))
                .findFirst();
    }

    private void bind(Plugged one, Set<String> functions) {
        for (DeviceFunction function : one.device.functions()) {
            boolean wanted = functions.contains(function.id());
            if (wanted && one.admitted.add(function.id())) {
                announced.add("bind " + one.device.instance() + ":" + function.id());
            } else if (!wanted) {
                one.admitted.remove(function.id());
            }
        }
        boolean storage = one.device.functions().stream()
                .anyMatch(function -> one.admitted.contains(function.id())
                        && function.classes().stream().anyMatch(MediaRulings::isStorage));
        if (!storage) {
            one.volumes.clear();
        } else if (one.volumes.isEmpty() && !one.disks.isEmpty()) {
            for (String disk : one.disks) {
                announced.add("block " + disk);
                one.volumes.put(
                        disk,
                        new Volume(
                                disk,
                                String.valueOf(pluggings.incrementAndGet()),
                                Character.isDigit(disk.charAt(disk.length() - 1)) && !disk.startsWith("sr"),
                                disk.startsWith("sr"),
                                false,
                                2_048));
            }
            hint();
        }
    }

    private void hint() {
        if (!silent) {
            hint.run();
        }
    }

    private static Volume with(Volume volume, boolean readOnly) {
        return new Volume(
                volume.name(), volume.incarnation(), volume.partition(), volume.optical(), readOnly, volume.sectors());
    }

    @Override
    public void watch(Runnable changed) {
        hint = changed;
    }

    @Override
    public Default denyByDefault() throws IOException {
        fail("default");
        boolean takenBack = deniedBefore && !denies;
        denies = true;
        deniedBefore = true;
        return new Default("fake=0", takenBack ? List.of("fake1") : List.of());
    }

    @Override
    public void allowByDefault() {
        denies = false;
        deniedBefore = false;
    }

    @Override
    public boolean deniesByDefault() {
        return denies;
    }

    @Override
    public List<String> unguarded() {
        return List.of();
    }

    @Override
    public List<RemovableDevice> devices() {
        listed = plugged.values().stream().map(one -> one.device).toList();
        plugged.remove(doomed);
        passed = List.copyOf(passing);
        passing.clear();
        return listed;
    }

    @Override
    public List<RemovableDevice> arrivals() {
        List<RemovableDevice> now =
                plugged.values().stream().map(one -> one.device).toList();
        return now.containsAll(listed)
                ? now.stream().filter(device -> !listed.contains(device)).toList()
                : List.of();
    }

    @Override
    public List<RemovableDevice> passed() {
        return passed;
    }

    @Override
    public Optional<Admission> admission(RemovableDevice device) {
        return same(device).map(FakeDeviceBus::admission);
    }

    private Optional<Plugged> same(RemovableDevice device) {
        return Optional.ofNullable(plugged.get(device.instance())).filter(one -> one.device.equals(device));
    }

    private static Admission admission(Plugged one) {
        if (one.leaving) {
            return new Admission(one.authorised(), Set.of(), Set.of());
        }
        Set<String> out = new TreeSet<>();
        if (one.authorised()) {
            one.device.functions().forEach(function -> out.add(function.id()));
            out.removeAll(one.admitted);
        }
        return new Admission(one.authorised(), one.admitted, out);
    }

    @Override
    public Admitted admit(RemovableDevice device, Set<String> functions) throws IOException {
        Optional<Plugged> one = same(device);
        if (one.isEmpty()) {
            return Admitted.GONE;
        }
        if (!functions.isEmpty()) {
            fail("admit");
        }
        if (device.instance().equals(handled)) {
            handled = "";
            byHand(device.instance(), Set.of(""));
        }
        Admission found = admission(one.get());
        one.get().openedByHand = false;
        if (!one.get().leaving) {
            bind(one.get(), functions);
        }
        return new Admitted(Optional.of(found), admission(one.get()));
    }

    @Override
    public List<Volume> volumes(RemovableDevice device) {
        Plugged one = plugged.get(device.instance());
        return one == null ? List.of() : List.copyOf(one.volumes.values());
    }

    @Override
    public void setReadOnly(Volume volume, boolean readOnly) throws IOException {
        fail("read-only");
        for (Plugged one : plugged.values()) {
            one.volumes.computeIfPresent(volume.name(), (name, was) -> with(was, readOnly));
        }
    }

    @Override
    public Optional<Encryption> encryption(List<Volume> volumes) {
        return plugged.values().stream()
                .filter(one -> one.volumes.values().containsAll(volumes) && !volumes.isEmpty())
                .map(one -> one.encryption)
                .findFirst();
    }

    private void fail(String what) throws IOException {
        if (broken.equals(what)) {
            throw new IOException(what + " failed: EIO");
        }
    }

    @Override
    public void close() {
        hint = () -> {};
    }
}
