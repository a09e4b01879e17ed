package org.sekisho.agent.channel.media.linux;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.DeviceBus.Admitted;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices of a kind that have no parts. */
final class WholeDevices implements DeviceTree {
    private static final Logger LOG = LoggerFactory.getLogger(WholeDevices.class);
    private static final Admission IN = new Admission(true, Set.of(""), Set.of());
    /**
     * A driver that is loaded for the first time takes a device while it is shut out, and lets go some 0.2 s later. Nothing
     * else is decided about meanwhile.
     */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final DeviceKind kind;
    private final Announcements announcements;
    /** What was decided about each, by instance: its plugging-in. */
    private final Map<String, String> decided = new HashMap<>();
    /** Those that were waited for in vain, the same way: nobody waits for them again. */
    private final Map<String, String> stuck = new HashMap<>();

    /** @param announcements of the kernel, about any device */
    WholeDevices(DeviceKind kind, Announcements announcements) {
        this.kind = requireNonNull(kind, "kind is null");
        this.announcements = requireNonNull(announcements, "announcements is null");
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
        stuck.keySet().retainAll(there);
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
        return isDecided(device) && isSame(device) ? Optional.of(now(device)) : Optional.empty();
    }

    private boolean isDecided(RemovableDevice device) {
        return kind.place().outAtFirst() || device.plugging().equals(decided.get(device.instance()));
    }

    private Admission now(RemovableDevice device) throws IOException {
        return kind.isIn(path(device)) ? IN : Admission.NONE;
    }

    @Override
    public Admitted admit(RemovableDevice device, Set<String> functions) throws IOException {
        if (!isSame(device)) {
            return Admitted.GONE;
        }
        boolean in = functions.contains("");
        Admission before = now(device);
        Optional<Admission> found = isDecided(device) ? Optional.of(before) : Optional.empty();
        if (before.device() != in) {
            IOException failure = set(device, in);
            if (failure != null) {
                throw failure;
            }
            // What binds late at first, as a disk does, was shut out by nobody before.
            decided.put(device.instance(), device.plugging());
        }
        return new Admitted(found, isSame(device) ? now(device) : Admission.NONE);
    }

    /** Tries until it holds, as often as the kernel says something within a bound; why it does not hold, or null. */
    private @Nullable IOException set(RemovableDevice device, boolean in) throws IOException {
        long left = device.plugging().equals(stuck.get(device.instance())) ? 0 : PATIENCE;
        while (true) {
            long seen = announcements.count();
            IOException failure = tried(device, in);
            if (failure == null || !isSame(device)) {
                stuck.remove(device.instance());
                return null;
            }
            if (left <= 0) {
                stuck.put(device.instance(), device.plugging());
                return failure;
            }
            try {
                left = announcements.await(seen, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                left = 0;
            }
        }
    }

    private @Nullable IOException tried(RemovableDevice device, boolean in) throws IOException {
        Path path = path(device);
        try {
            if (kind.isIn(path) != in) {
                kind.let(path, in);
            }
        } catch (IOException e) {
            return new IOException(
                    "%s could not be %s: %s".formatted(device.instance(), in ? "let in" : "shut out", e.getMessage()),
                    e);
        }
        return kind.isIn(path) == in
                ? null
                : new IOException(device.instance() + " is " + (in ? "still shut out" : "still in"));
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
        stuck.clear();
    }
}
