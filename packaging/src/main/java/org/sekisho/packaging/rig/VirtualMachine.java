package org.sekisho.packaging.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A machine with a real Debian kernel, systemd and USB, under QEMU's own translation; booted by {@code packaging/lib/vm.sh}.
 * What is written inside is gone when it ends. Thread-safe but for starting, resetting and ending.
 */
public final class VirtualMachine implements AutoCloseable {
    /** With making the image, which takes a minute on a free machine. */
    private static final Duration BOOT = Duration.ofMinutes(15);
    /** Translated code runs ten to fifty times slower, and the host may be busy. */
    private static final Duration COMMAND = Duration.ofMinutes(4);

    private static final Duration STOP = Duration.ofMinutes(1);

    private final Path script;
    private final Path folder;
    private GuestShell shell;
    private QemuMonitor monitor;

    private VirtualMachine(Path script, Path folder) throws IOException {
        this.script = script;
        this.folder = folder;
        Path sockets = folder.resolve("sockets").toRealPath();
        this.shell = GuestShell.at(sockets.resolve("shell"));
        this.monitor = QemuMonitor.at(sockets.resolve("qmp"));
    }

    /**
     * Boots one and waits until it takes commands.
     *
     * @param shares folders of this machine, read-only as {@code /mnt/NAME} inside, by name
     * @param ports of this machine's loopback that are reachable as those of its own
     */
    public static VirtualMachine boot(Path folder, Map<String, Path> shares, List<Integer> ports)
            throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("sekisho.basedir", "packaging"), "lib", "vm.sh");
        List<String> command = new ArrayList<>(List.of("bash", script.toString(), "start", folder.toString()));
        // A terminal's, nearly: the agent's processes for media and documents are at work side by side.
        command.addAll(List.of("--memory", "1536"));
        shares.forEach((name, path) -> command.addAll(List.of("--share", name + "=" + path + ":ro")));
        ports.forEach(port -> command.addAll(List.of("--forward", Integer.toString(port))));
        Command started = Command.run(BOOT, Map.of(), new byte[0], command.toArray(String[]::new));
        if (started.exit() != 0) {
            throw new IOException("the virtual machine did not boot: " + started.text() + started.err());
        }
        return new VirtualMachine(script, folder);
    }

    /** Presses the reset button, after a sync, and waits until it takes commands; what was written inside is still there. */
    public void reset() throws IOException, InterruptedException {
        // Each of its sockets speaks with one at a time.
        shell.close();
        monitor.close();
        Command reset = Command.run(BOOT, Map.of(), new byte[0], "bash", script.toString(), "reset", folder.toString());
        if (reset.exit() != 0) {
            throw new IOException("the virtual machine did not boot again: " + reset.text() + reset.err());
        }
        Path sockets = folder.resolve("sockets").toRealPath();
        shell = GuestShell.at(sockets.resolve("shell"));
        monitor = QemuMonitor.at(sockets.resolve("qmp"));
    }

    /** Runs bash inside, as root, to its end. */
    public Command run(String bash) throws IOException, InterruptedException {
        return shell.run(COMMAND, bash);
    }

    /**
     * What a script prints, without the last line's end.
     *
     * @throws IOException if it ends with anything but 0; with all that it printed
     */
    public String output(String bash) throws IOException, InterruptedException {
        Command done = run(bash);
        if (done.exit() != 0) {
            throw new IOException("in the virtual machine, this ended with " + done.exit() + ": " + bash + "\n"
                    + done.text() + done.err());
        }
        return done.text().stripTrailing();
    }

    /** An empty medium on this machine. */
    public Path medium(String name, long bytes) throws IOException {
        Path file = folder.resolve(name + ".img");
        Files.deleteIfExists(file);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(bytes - 1).write(ByteBuffer.allocate(1));
        }
        return file;
    }

    /** A medium of 64 MB with one FAT partition. */
    public Path stick(String name) throws IOException, InterruptedException {
        return stick(name, 64);
    }

    /** A medium with one FAT partition. */
    public Path stick(String name, int megabytes) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".img");
        Command made = Command.run(
                COMMAND,
                Map.of(),
                new byte[0],
                "bash",
                script.toString(),
                "stick",
                folder.toString(),
                file.toString(),
                megabytes + "M");
        if (made.exit() != 0) {
            throw new IOException("no stick could be made: " + made.text() + made.err());
        }
        return file;
    }

    /**
     * Plugs a device in.
     *
     * @param driver as QEMU names it, such as {@code usb-kbd}
     * @param properties of the driver
     */
    public void plug(String id, String driver, Map<String, ?> properties) throws IOException {
        Map<String, Object> device = new LinkedHashMap<>(properties);
        device.put("driver", driver);
        device.put("id", id);
        if (driver.startsWith("usb-")) {
            device.putIfAbsent("bus", "xhci.0");
        }
        monitor.command("device_add", device);
    }

    /** Plugs a stick in (bulk-only transport). */
    public void plugStick(String id, Path medium, String serial) throws IOException {
        offer(id, medium);
        plug(id, "usb-storage", Map.of("drive", id + "-medium", "serial", serial));
    }

    /** Plugs a stick in that speaks UAS, whose disk is there in milliseconds. */
    public void plugUas(String id, Path medium) throws IOException {
        offer(id, medium);
        plug(id, "usb-uas", Map.of());
        plug(id + "-disk", "scsi-hd", Map.of("bus", id + ".0", "drive", id + "-medium"));
        monitor.command("qom-set", Map.of("path", "/machine/peripheral/" + id, "property", "attached", "value", true));
    }

    /** Puts a card into the machine's own slot for SD cards; its size is a power of two. */
    public void insertCard(Path medium) throws IOException {
        monitor.command(
                "blockdev-change-medium", Map.of("device", "card", "filename", medium.toString(), "format", "raw"));
    }

    /** Takes the card out of its slot. */
    public void takeCardOut() throws IOException {
        monitor.command("eject", Map.of("device", "card", "force", true));
    }

    /** Makes a network that reaches nothing, as {@code netdev} of adapters; forgotten when the machine ends. */
    public void netdev(String id) throws IOException {
        monitor.command("netdev_add", Map.of("type", "user", "id", id, "restrict", true));
    }

    /** Makes a line that leads nowhere, as {@code chardev} of serial adapters; forgotten when the machine ends. */
    public void chardev(String id) throws IOException {
        monitor.command("chardev-add", Map.of("id", id, "backend", Map.of("type", "null", "data", Map.of())));
    }

    /** Makes a medium known as {@code ID-medium}, for a device with this id. */
    public void offer(String id, Path medium) throws IOException {
        Map<String, Object> raw = new LinkedHashMap<>(raw(medium));
        raw.put("node-name", id + "-medium");
        monitor.command("blockdev-add", raw);
    }

    private static Map<String, Object> raw(Path medium) {
        return Map.of("driver", "raw", "file", Map.of("driver", "file", "filename", medium.toString()));
    }

    /** Plugs a stick in that takes at most so many bytes a second, as real ones do. */
    public void plugSlowStick(String id, Path medium, String serial, long bytesPerSecond) throws IOException {
        String pace = id + "-pace-" + UUID.randomUUID();
        monitor.command(
                "object-add",
                Map.of("qom-type", "throttle-group", "id", pace, "limits", Map.of("bps-write", bytesPerSecond)));
        monitor.command(
                "blockdev-add",
                Map.of("driver", "throttle", "node-name", id + "-medium", "throttle-group", pace, "file", raw(medium)));
        plug(id, "usb-storage", Map.of("drive", id + "-medium", "serial", serial));
    }

    /** Pulls a device out, and forgets its medium. */
    public void unplug(String id) throws IOException {
        monitor.command("device_del", Map.of("id", id));
        for (JsonNode node : monitor.command("query-named-block-nodes", Map.of())) {
            if (node.get("node-name").asText().equals(id + "-medium")) {
                forget(id + "-medium");
            }
        }
    }

    /** QEMU lets go of a disk's medium a moment after the disk is gone. */
    private void forget(String medium) throws IOException {
        Instant deadline = Instant.now().plus(STOP);
        while (true) {
            try {
                monitor.command("blockdev-del", Map.of("node-name", medium));
                return;
            } catch (IOException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
            }
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        try {
            Command.run(STOP, Map.of(), new byte[0], "bash", script.toString(), "stop", folder.toString());
            shell.close();
            monitor.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the virtual machine in " + folder + " could not be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
