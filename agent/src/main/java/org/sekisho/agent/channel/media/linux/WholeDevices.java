package org.sekisho.agent.channel.media.linux;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices of a kind that have no parts. */
final class WholeDevices implements DeviceTree {
    private static final Logger LOG = LoggerFactory.getLogger(WholeDevices.class);
    private static final Admission IN = new Admission(true, Set.of(""), Set.of());

    private final DeviceKind kind;
    /** What was decided about each, by instance: its plugging-in. */
    private final Map<String, String> decided = new HashMap<>();

    WholeDevices(DeviceKind kind) {
        this.kind = requireNonNull(kind, "kind is null");
    }

    @Override
    public List<RemovableDevice> devices() throws IOException {
        List<RemovableDevice> found = new ArrayList<>();
        for (String name : kind.place().all()) {
            Path device = kind.place().of(name);
            try {
                String plugging = SysfsFile.inode(device);
                kind.describe(device)
                        .map(said -> said.device(kind.place().prefix() + name, plugging))
                        .ifPresent(found::add);
            } catch (IOException e) {
                if (Files.exists(device.resolve("uevent"))) {
                    throw e;
                }
                LOG.debug("{} has gone meanwhile: {}", device, e.getMessage());
            }
        }
        Set<String> there = Set.copyOf(
                found.stream().map(RemovableDevice::instance).distinct().toList());
        decided.keySet().retainAll(there);
        return found;
    }

    @Override
    public boolean has(RemovableDevice device) {
        return device.instance().startsWith(kind.place().prefix());
    }

    private Path path(RemovableDevice device) {
        return kind.place().of(device.instance().substring(kind.place().prefix().length()));
    }

    private boolean isSame(RemovableDevice device) throws IOException {
        try {
            return SysfsFile.inode(path(device)).equals(device.plugging());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** What works by itself at first has been let in by nobody until it was decided about once. */
    @Override
    public Optional<Admission> admission(RemovableDevice device) throws IOException {
        boolean known = kind.place().outAtFirst() || device.plugging().equals(decided.get(device.instance()));
        return known && isSame(device) ? Optional.of(now(device)) : Optional.empty();
    }

    private Admission now(RemovableDevice device) throws IOException {
        return kind.isIn(path(device)) ? IN : Admission.NONE;
    }

    @Override
    public Admission admit(RemovableDevice device, Set<String> functions) throws IOException {
        if (!isSame(device)) {
            return Admission.NONE;
        }
        boolean in = functions.contains("");
        Path path = path(device);
        if (kind.isIn(path) != in) {
            try {
                kind.let(path, in);
            } catch (IOException e) {
                if (!isSame(device)) {
                    return Admission.NONE;
                }
                throw new IOException(
                        "%s could not be %s: %s"
                                .formatted(device.instance(), in ? "let in" : "shut out", e.getMessage()),
                        e);
            }
            if (kind.isIn(path) != in && isSame(device)) {
                throw new IOException(device.instance() + " is " + (in ? "still shut out" : "still in"));
            }
            // What binds late at first, as a disk does, was shut out by nobody before.
            decided.put(device.instance(), device.plugging());
        }
        return now(device);
    }

    /** By the name of its directory on the path; none of a USB device's, which has drives of the same names. */
    @Override
    public boolean carries(RemovableDevice device, Path blockDevice) {
        String name = path(device).getFileName().toString();
        for (Path segment : blockDevice) {
            if (segment.toString().equals(name)) {
                return LinuxDeviceBus.usbDevice(blockDevice).isEmpty();
            }
        }
        return false;
    }

    @Override
    public List<Path> attributes() throws IOException {
        return kind.place().all().stream().map(kind.place()::of).toList();
    }

    @Override
    public void close() {
        decided.clear();
    }
}
