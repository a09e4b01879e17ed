package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sekisho.agent.os.linux.UnixSockets;
import org.sekisho.v1.Process;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs that connect to a display, put something on its clipboard, and leave the connection to a child when they end
 * (xclip, xsel). The X server knows the process that connected; who holds the connection now, the kernel knows: a connection
 * to the display that no process has which the server knows of is such a child's.
 *
 * <p>It stays unknown where several such children don't all run the same program, and where the child has been relieved of the
 * clipboard and ended before it is found. Thread-safe.
 */
final class ForkedOwners {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedOwners.class);
    /** Open files of all processes that are looked at; a terminal has some ten thousand. */
    private static final int MOST_DESCRIPTORS = 200_000;

    private final Path proc;
    private final UnaryOperator<Process> identify;

    /** @param identify finds out about a process by its id */
    ForkedOwners(Path proc, UnaryOperator<Process> identify) {
        this.proc = proc;
        this.identify = identify;
    }

    /**
     * Says which program goes on for one that has ended.
     *
     * @param display such as {@code :0}
     * @param clients the processes that the X server knows of
     * @return {@code ended} with the path, hash and account of the program; as it is if that stays unknown
     */
    Process heir(String display, Process ended, Set<Integer> clients) {
        // It may still be about to end: its files are closed after its program is unmapped.
        Set<Integer> living = new HashSet<>(clients);
        living.remove(ended.getPid());
        try {
            Set<Long> sockets = UnixSockets.connectedTo(socket(display));
            Set<Long> explained = new HashSet<>();
            Map<Long, Set<Process>> holders = new HashMap<>();
            int left = MOST_DESCRIPTORS;
            for (int pid : nearestFirst(ended.getPid())) {
                Set<Long> held = new HashSet<>();
                left -= sockets(pid, sockets, held, left);
                if (left <= 0) {
                    throw new IOException("more than " + MOST_DESCRIPTORS + " open files");
                }
                if (living.contains(pid)) {
                    explained.addAll(held);
                } else if (!held.isEmpty() && pid != ended.getPid()) {
                    // At once: it ends as soon as somebody else has taken over what it holds.
                    Process holder = program(pid);
                    held.forEach(one -> holders.computeIfAbsent(one, none -> new HashSet<>())
                            .add(holder));
                }
            }
            holders.keySet().removeAll(explained);
            Set<Process> heirs = new HashSet<>();
            holders.values().forEach(heirs::addAll);
            if (heirs.size() == 1) {
                Process heir = heirs.iterator().next();
                return ended.toBuilder()
                        .setPath(heir.getPath())
                        .setSha256(heir.getSha256())
                        .setUser(heir.getUser())
                        .build();
            }
            LOG.debug("Process {} has ended; {} programs could go on for it", ended.getPid(), heirs.size());
        } catch (IOException e) {
            LOG.debug("Who goes on for process {} can't be told: {}", ended.getPid(), e.toString());
        }
        return ended;
    }

    /** {@code :99.0} is screen 0 of display 99. */
    private static String socket(String display) {
        String number = display.substring(display.indexOf(':') + 1);
        int screen = number.indexOf('.');
        return "/tmp/.X11-unix/X" + (screen < 0 ? number : number.substring(0, screen));
    }

    private Process program(int pid) {
        return identify.apply(Process.newBuilder().setPid(pid).build()).toBuilder()
                .clearPid()
                .build();
    }

    /** All processes, those first that were most likely made right after {@code pid}. */
    private List<Integer> nearestFirst(int pid) throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            processes.forEach(
                    process -> pids.add(Integer.parseInt(process.getFileName().toString())));
        }
        pids.sort(Comparator.comparingLong(other -> Integer.toUnsignedLong(other - pid)));
        return pids;
    }

    /** Adds those of {@code sockets} that a process has open to {@code held}; returns how many files it has open. */
    private int sockets(int pid, Set<Long> sockets, Set<Long> held, int most) {
        int seen = 0;
        Path folder = proc.resolve(Integer.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
            for (Path descriptor : descriptors) {
                if (++seen >= most) {
                    break;
                }
                long socket = socketOf(descriptor);
                if (sockets.contains(socket)) {
                    held.add(socket);
                }
            }
        } catch (IOException | DirectoryIteratorException ended) {
            LOG.trace("{} can't be looked at: {}", folder, ended.toString());
        }
        return seen;
    }

    /** The inode behind a descriptor that is a socket, {@code socket:[4711]} (proc(5)); 0 if it is none. */
    private static long socketOf(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:[") ? Long.parseLong(target, 8, target.length() - 1, 10) : 0;
        } catch (IOException closed) {
            return 0;
        }
    }
}
