package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds X displays: those of which a socket lies in {@code /tmp/.X11-unix} and whose name a person's process has in its
 * environment (environ in proc(5)), and those that are configured. Looks through processes only when sockets have come or
 * gone, or the process that vouched for a display is gone. For one thread.
 */
final class XDisplays {
    private static final Logger LOG = LoggerFactory.getLogger(XDisplays.class);
    /** Accounts of people begin here (UID_MIN of login.defs(5)). */
    private static final int FIRST_PERSON = 1_000;
    /** The kernel's own limit for arguments and environment is far higher; a session's environment is some KiB. */
    private static final int MOST_ENVIRONMENT = 256 * 1024;

    private final Path proc;
    private final Path sockets;
    private final List<XDisplay> configured;
    private final Map<String, Found> found = new HashMap<>();
    private Set<String> lastSockets = Set.of();
    private long nextLook = Long.MIN_VALUE;

    private record Found(XDisplay display, Path process) {}

    XDisplays(Path proc, Path sockets, List<XDisplay> configured) {
        this.proc = proc;
        this.sockets = sockets;
        this.configured = List.copyOf(configured);
    }

    /** The displays that are there now, in no particular order. {@code now} is a monotonic clock in nanoseconds. */
    List<XDisplay> current(long now) throws IOException {
        Set<String> there = socketNames();
        Map<String, XDisplay> displays = new LinkedHashMap<>();
        for (XDisplay display : configured) {
            if (there.contains(display.name())) {
                displays.put(display.name(), display);
            }
        }
        found.values().removeIf(one -> !there.contains(one.display().name()) || !Files.exists(one.process()));
        boolean unknown = there.stream().anyMatch(name -> !displays.containsKey(name) && !found.containsKey(name));
        if (unknown && (!there.equals(lastSockets) || now >= nextLook)) {
            look(there);
            nextLook = now + 10_000_000_000L; // A session's first program appears some seconds after its display.
        }
        lastSockets = there;
        found.values().forEach(one -> displays.putIfAbsent(one.display().name(), one.display()));
        return List.copyOf(displays.values());
    }

    private Set<String> socketNames() throws IOException {
        Set<String> names = new HashSet<>();
        if (!Files.isDirectory(sockets)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(sockets, "X*")) {
            for (Path file : files) {
                String number = String.valueOf(file.getFileName()).substring(1);
                if (number.matches("[0-9]{1,5}")) {
                    names.add(":" + number);
                }
            }
        }
        return names;
    }

    private void look(Set<String> there) throws IOException {
        List<Path> processes = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
            all.forEach(processes::add);
        }
        processes.sort(java.util.Comparator.comparingLong(path -> Long.parseLong(String.valueOf(path.getFileName()))));
        for (Path process : processes) {
            Optional<XDisplay> display = displayOf(process);
            if (display.isPresent() && there.contains(display.get().name())) {
                found.putIfAbsent(display.get().name(), new Found(display.get(), process));
            }
        }
    }

    private static Optional<XDisplay> displayOf(Path process) {
        try {
            Map<String, Object> owner = Files.readAttributes(process, "unix:uid,owner");
            if (!(owner.get("uid") instanceof Integer uid) || uid < FIRST_PERSON) {
                return Optional.empty();
            }
            Map<String, String> environment = environment(process);
            String display = environment.getOrDefault("DISPLAY", "").replaceFirst("\\.[0-9]+$", "");
            if (!display.matches(":[0-9]{1,5}")) {
                return Optional.empty();
            }
            String authority =
                    environment.getOrDefault("XAUTHORITY", environment.getOrDefault("HOME", "") + "/.Xauthority");
            return Optional.of(new XDisplay(display, String.valueOf(owner.get("owner")), Path.of(authority)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} can't be looked at: {}", process, e.toString());
            return Optional.empty();
        }
    }

    private static Map<String, String> environment(Path process) throws IOException {
        Map<String, String> environment = new HashMap<>();
        try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
            for (String variable : new String(in.readNBytes(MOST_ENVIRONMENT), UTF_8).split("\0", -1)) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
        }
        return environment;
    }
}
