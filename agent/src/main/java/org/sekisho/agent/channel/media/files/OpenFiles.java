package org.sekisho.agent.channel.media.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;
import org.sekisho.agent.channel.media.files.fuse.OpenWish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a medium that are open, and the handles on them. A file is opened, closed for good, and loses its name one at
 * a time. Thread-safe.
 */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private final Volume volume;
    private final BooleanSupplier readOnly;
    private final Nodes nodes;
    private final SpoolRoom room;
    private final Settlement settlement;
    private final Map<Long, Handle> handles = new ConcurrentHashMap<>();
    private final AtomicLong lastHandle = new AtomicLong();
    /** Files that are open, also those that nobody has open any more but that are still looked into; under this lock. */
    private final Set<OpenFile> files = new HashSet<>();

    /** One opening of a file. */
    record Handle(Node node, OpenFile file, boolean write) {}

    /** A file that was opened by its name. */
    record Named(Node node, OpenFile file) {}

    /** Something that changes which name a file has. */
    @FunctionalInterface
    interface NameChange {
        void run() throws IOException, FuseException;
    }

    OpenFiles(Volume volume, BooleanSupplier readOnly, Nodes nodes, SpoolRoom room, Settlement settlement) {
        this.volume = volume;
        this.readOnly = readOnly;
        this.nodes = nodes;
        this.room = room;
        this.settlement = settlement;
    }

    /** The open file of a node, if it is open. */
    synchronized Optional<OpenFile> of(Node node) {
        return Optional.ofNullable(node.open);
    }

    /** Changes a name while no file is opened or closed for good. */
    synchronized void rename(NameChange change) throws IOException, FuseException {
        change.run();
    }

    /** Opens a file that is there; returns its handle. */
    long open(Node node, OpenWish wish, Caller caller) throws IOException, FuseException {
        OpenFile file;
        synchronized (this) {
            file = node.open;
            if (file == null) {
                if (node.isGone()) {
                    throw new FuseException(Errno.ESTALE);
                }
                file = opened(node, volume.path(node.name()), false);
            }
            file.handles++;
        }
        return handle(node, file, wish, caller);
    }

    /**
     * Opens a file by its name, and makes it where it is not there.
     *
     * @param mayMake whether a new one may be made
     * @return empty if a new one would have to be made and may not
     */
    synchronized Optional<Named> create(Node parent, String name, Path path, boolean mayMake)
            throws IOException, FuseException {
        boolean made = !volume.exists(path);
        if (made && !mayMake) {
            return Optional.empty();
        }
        Node node = nodes.hold(parent, name);
        OpenFile file = node.open == null ? opened(node, path, made) : node.open;
        file.handles++;
        return Optional.of(new Named(node, file));
    }

    /** For who holds the lock. */
    private OpenFile opened(Node node, Path path, boolean make) throws IOException, FuseException {
        FileChannel channel = readOnly.getAsBoolean()
                ? FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                : volume.open(path, make);
        OpenFile file = new OpenFile(node, channel, make, settlement.rulings().asksForContent(), room, settlement);
        node.open = file;
        files.add(file);
        return file;
    }

    /** A handle on a file that has been counted already. */
    long handle(Node node, OpenFile file, OpenWish wish, Caller caller) throws IOException {
        if (wish.write()) {
            file.writtenBy(caller);
        }
        long handle = lastHandle.incrementAndGet();
        handles.put(handle, new Handle(node, file, wish.write()));
        if (wish.truncate() && file.size() > 0) {
            file.resize(0, caller);
        }
        return handle;
    }

    Optional<Handle> find(long handle) {
        return Optional.ofNullable(handles.get(handle));
    }

    Handle get(long handle) throws FuseException {
        @Nullable Handle open = handles.get(handle);
        if (open == null) {
            throw new FuseException(Errno.EBADF);
        }
        return open;
    }

    /** A handle is closed; it is still open while its file is settled. */
    void remove(long handle) {
        handles.remove(handle);
    }

    /** One handle less; with the last one the file is closed, and goes if it was made by who may not have it. */
    synchronized void closed(Handle open) throws IOException, FuseException {
        OpenFile file = open.file();
        file.handles--;
        if (file.handles > 0) {
            return;
        }
        Node node = open.node();
        node.open = null;
        file.close();
        files.remove(file);
        notifyAll();
        if (file.isToBeRemoved() && !node.isGone()) {
            volume.unlink(volume.path(node.name()));
            Node parent = node.parent();
            if (parent != null) {
                nodes.remove(parent, node.lastName());
            }
        }
        nodes.forget(node.id(), 0);
    }

    /** Waits until what has been closed is decided and written, but no longer than {@code most}. */
    synchronized void settleClosed(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); left > 0 && isSettling(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private boolean isSettling() {
        Set<OpenFile> held = new HashSet<>();
        handles.values().forEach(handle -> held.add(handle.file()));
        return !held.containsAll(files);
    }

    /**
     * Lets go of the medium: what has not been decided is dropped, and everything that is open fails from now on. What went
     * through already and was not looked into yet is recorded as such.
     */
    synchronized void abandon() throws IOException {
        for (OpenFile file : files) {
            try {
                file.giveUp();
            } catch (IOException | FuseException e) {
                LOG.warn("What was done with a file could not be recorded at the end: {}", e.getMessage());
            }
            file.close();
        }
    }
}
