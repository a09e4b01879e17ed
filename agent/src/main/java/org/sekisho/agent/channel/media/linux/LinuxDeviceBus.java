package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.media.DeviceBus;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.v1.Encryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removable devices by sysfs and netlink. Letting in and shutting out takes root. Thread-safe. */
public final class LinuxDeviceBus implements DeviceBus {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxDeviceBus.class);
    private static final Path SYSFS = Path.of("/sys");

    private final Path sysfs;
    private final Announcements announcements = new Announcements();
    private final PassingDevices passing = new PassingDevices();
    private final RootHubs hubs;
    private final MmcCards cards;
    private final UsbTree usb;
    private final List<DeviceTree> trees;
    private final BlockTree blocks;
    private List<RemovableDevice> passed = List.of();
    private boolean cardsDenied;
    private @Nullable UeventSource uevents;
    private @Nullable AttributeWatch hands;

    private LinuxDeviceBus(Path sysfs, Path nodes) {
        this.sysfs = sysfs;
        this.hubs = new RootHubs(sysfs);
        this.cards = MmcCards.on(sysfs);
        this.usb = new UsbTree(sysfs);
        this.trees = List.of(
                usb,
                new WholeDevices(cards, announcements),
                new WholeDevices(ScsiDrives.on(sysfs), announcements),
                new WholeDevices(ThunderboltDevices.on(sysfs), announcements),
                new WholeDevices(BluetoothRadios.on(sysfs), announcements));
        this.blocks = new BlockTree(sysfs, nodes);
    }

    /** Whether this machine's kernel knows USB at all. */
    public static boolean isOnThisMachine() {
        return UsbTree.isThere(SYSFS);
    }

    /**
     * The bus of this machine.
     *
     * @throws ChannelException if its kernel knows no USB, or this process may not say what is let in
     */
    public static DeviceBus ofThisMachine() throws ChannelException {
        return at(SYSFS, Path.of("/dev"));
    }

    /** As {@link #ofThisMachine}, with a sysfs and device nodes of the caller's. */
    static DeviceBus at(Path sysfs, Path nodes) throws ChannelException {
        if (!UsbTree.isThere(sysfs)) {
            throw new ChannelException("this machine's kernel knows no USB: there is no " + sysfs + "/bus/usb");
        }
        if (!Files.isWritable(UsbTree.probe(sysfs))) {
            throw new ChannelException(
                    "removable devices are guarded by root alone: " + UsbTree.probe(sysfs) + " can't be written");
        }
        return new LinuxDeviceBus(sysfs, nodes);
    }

    @Override
    public synchronized void watch(Runnable changed) throws IOException {
        if (hands == null) {
            hands = AttributeWatch.open(changed);
        }
        if (uevents == null) {
            uevents = UeventSource.open(passing::heard, () -> {
                announcements.heard();
                changed.run();
            });
        }
    }

    @Override
    public synchronized Default denyByDefault() throws IOException {
        Default usb = hubs.denyByDefault();
        if (!cards.isThere()) {
            return usb;
        }
        List<String> takenBack = new ArrayList<>(usb.takenBack());
        if (cards.denyByDefault() && cardsDenied) {
            takenBack.add("mmc");
        }
        cardsDenied = true;
        cards.bindBuiltIn();
        return new Default(usb.proof() + ", drivers_autoprobe=0 on mmc (read back)", takenBack);
    }

    @Override
    public synchronized void allowByDefault() throws IOException {
        hubs.allowByDefault();
        if (cards.isThere()) {
            cards.allowByDefault();
            cardsDenied = false;
        }
    }

    @Override
    public synchronized boolean deniesByDefault() throws IOException {
        return hubs.deniesByDefault() && (!cards.isThere() || cards.deniesByDefault());
    }

    @Override
    public List<String> unguarded() {
        return Unguarded.on(sysfs);
    }

    @Override
    public synchronized List<RemovableDevice> devices() throws IOException {
        AttributeWatch listening = hands;
        if (listening != null) {
            List<Path> attributes = new ArrayList<>(hubs.attributes());
            for (DeviceTree tree : trees) {
                attributes.addAll(tree.attributes());
            }
            // Before they are read: what is written after that is heard.
            listening.only(attributes);
        }
        List<RemovableDevice> all = new ArrayList<>();
        for (DeviceTree tree : trees) {
            all.addAll(tree.devices());
        }
        passed = passing.gone(all.stream().filter(usb::has).toList(), usb::isThere);
        return all;
    }

    @Override
    public synchronized List<RemovableDevice> arrivals() throws IOException {
        List<RemovableDevice> arrivals = usb.arrivals();
        passing.wereRead(arrivals);
        return arrivals;
    }

    @Override
    public synchronized List<RemovableDevice> passed() {
        return passed;
    }

    /** USB's instance paths have no prefix, so that it has what no other tree has. */
    private DeviceTree tree(RemovableDevice device) {
        return trees.stream()
                .filter(tree -> tree.has(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(device.instance() + " is on no bus of this machine"));
    }

    @Override
    public synchronized Optional<Admission> admission(RemovableDevice device) throws IOException {
        return tree(device).admission(device);
    }

    @Override
    public synchronized Admitted admit(RemovableDevice device, Set<String> functions) throws IOException {
        return tree(device).admit(device, functions);
    }

    @Override
    public List<Volume> volumes(RemovableDevice device) throws IOException {
        DeviceTree tree = tree(device);
        return blocks.volumes(directory -> tree.carries(device, directory));
    }

    /** The innermost USB device on a path of sysfs; empty if there is none. */
    static String usbDevice(Path directory) {
        String innermost = "";
        for (Path segment : directory) {
            if (UsbTree.DEVICE.matcher(segment.toString()).matches()) {
                innermost = segment.toString();
            }
        }
        return innermost;
    }

    @Override
    public void setReadOnly(Volume volume, boolean readOnly) throws IOException {
        blocks.setReadOnly(volume, readOnly);
    }

    @Override
    public Optional<Encryption> encryption(List<Volume> volumes) throws IOException {
        return blocks.encryption(volumes);
    }

    @Override
    public synchronized void close() {
        UeventSource hearing = uevents;
        AttributeWatch listening = hands;
        uevents = null;
        hands = null;
        if (hearing != null) {
            hearing.close();
        }
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                LOG.warn("the listening for writes to sysfs could not be ended: {}", e.getMessage());
            }
        }
        trees.forEach(DeviceTree::close);
    }
}
