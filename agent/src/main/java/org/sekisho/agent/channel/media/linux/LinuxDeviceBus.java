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

/** Removable devices by sysfs and netlink. Letting in and shutting out takes root. Thread-safe. */
public final class LinuxDeviceBus implements DeviceBus {
    private final Path sysfs;
    private final UsbTree usb;
    private final BlockTree blocks;
    private @Nullable UeventSource uevents;

    private LinuxDeviceBus(Path sysfs, Path nodes) {
        this.sysfs = sysfs;
        this.usb = new UsbTree(sysfs);
        this.blocks = new BlockTree(sysfs, nodes);
    }

    /**
     * The bus of this machine.
     *
     * @throws ChannelException if its kernel knows no USB, or this process may not say what is let in
     */
    public static DeviceBus ofThisMachine() throws ChannelException {
        return at(Path.of("/sys"), Path.of("/dev"));
    }

    /** As {@link #ofThisMachine}, with a sysfs and device nodes of the caller's. */
    static DeviceBus at(Path sysfs, Path nodes) throws ChannelException {
        if (!UsbTree.isThere(sysfs)) {
            throw new ChannelException("this machine's kernel knows no USB: there is no " + sysfs + "/bus/usb");
        }
        if (!Files.isWritable(sysfs.resolve("bus/usb/drivers_probe"))) {
            throw new ChannelException("removable devices are guarded by root alone: " + sysfs
                    + "/bus/usb/drivers_probe can't be written");
        }
        return new LinuxDeviceBus(sysfs, nodes);
    }

    @Override
    public synchronized void watch(Runnable changed) throws IOException {
        if (uevents == null) {
            uevents = UeventSource.open(changed);
        }
    }

    @Override
    public synchronized Default denyByDefault() throws IOException {
        return usb.denyByDefault();
    }

    @Override
    public synchronized void allowByDefault() throws IOException {
        usb.allowByDefault();
    }

    @Override
    public synchronized boolean deniesByDefault() throws IOException {
        return usb.deniesByDefault();
    }

    @Override
    public List<String> unguarded() {
        return Unguarded.on(sysfs);
    }

    @Override
    public synchronized List<RemovableDevice> devices() throws IOException {
        return new ArrayList<>(usb.devices());
    }

    @Override
    public synchronized Set<String> admitted(RemovableDevice device) throws IOException {
        return usb.admitted(device);
    }

    @Override
    public synchronized Set<String> admit(RemovableDevice device, Set<String> functions) throws IOException {
        return usb.admit(device, functions);
    }

    @Override
    public List<Volume> volumes(RemovableDevice device) throws IOException {
        return blocks.volumes(directory -> device.instance().equals(usbDevice(directory)));
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
        if (uevents != null) {
            uevents.close();
            uevents = null;
        }
        usb.close();
    }
}
