package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.Attributes;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.channel.media.files.fuse.Entry;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;
import org.sekisho.agent.channel.media.files.fuse.FuseFileSystem;
import org.sekisho.agent.channel.media.files.fuse.Listing;
import org.sekisho.agent.channel.media.files.fuse.OpenWish;
import org.sekisho.agent.channel.media.files.fuse.Space;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.Label;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A medium's files as the person at the terminal has them: what a name says is decided before it is given to a file, and
 * what is written before it stays, see {@link OpenFile}. Thread-safe.
 */
final class CheckedFiles implements FuseFileSystem {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedFiles.class);

    private final Volume volume;
    private final BooleanSupplier readOnly;
    private final SpoolRoom room;
    private final Settlement settlement;
    private final Nodes nodes = new Nodes();
    private final Map<Long, Handle> handles = new ConcurrentHashMap<>();
    private final Map<Long, Snapshot> listings = new ConcurrentHashMap<>();
    private final AtomicLong lastHandle = new AtomicLong();
    /** Held while a file is opened, closed for good, or loses its name. */
    private final Object opening = new Object();
    /** Files that are open, also those that nobody has open any more but that are still looked into; by {@link #opening}. */
    private final Set<OpenFile> files = new HashSet<>();

    private record Handle(Node node, OpenFile file, boolean write) {}

    /** A directory as it was when listing began, so that removing entries meanwhile makes none be passed over. */
    private record Snapshot(Node directory, List<Volume.Named> entries) {}

    /** @param readOnly whether nothing may be changed */
    CheckedFiles(Volume volume, BooleanSupplier readOnly, SpoolRoom room, Settlement settlement) {
        this.volume = requireNonNull(volume, "volume is null");
        this.readOnly = requireNonNull(readOnly, "readOnly is null");
        this.room = requireNonNull(room, "room is null");
        this.settlement = requireNonNull(settlement, "settlement is null");
    }

    @Override
    public Entry lookup(long directory, String name) throws IOException, FuseException {
        Node parent = nodes.get(directory);
        // Is it there? Then the kernel holds it.
        volume.attributes(path(parent, name), null);
        Node node = nodes.hold(parent, name);
        return new Entry(node.id(), attributes(node));
    }

    @Override
    public void forget(long node, long times) {
        nodes.forget(node, times);
    }

    @Override
    public Attributes attributes(long node) throws IOException, FuseException {
        return attributes(nodes.get(node));
    }

    private Attributes attributes(Node node) throws IOException, FuseException {
        OpenFile open;
        synchronized (opening) {
            open = node.open;
        }
        if (open != null && node.isGone()) {
            return volume.nameless(node.id(), open.size());
        }
        return volume.attributes(volume.path(node.name()), open == null ? null : open.size());
    }

    @Override
    public void resize(long id, long handle, long size, Caller caller) throws IOException, FuseException {
        writable();
        Handle open = handles.get(handle);
        if (open != null) {
            open.file().resize(size, caller);
            return;
        }
        long opened = open(id, new OpenWish(true, false), caller);
        try {
            handle(opened).file().resize(size, caller);
            handle(opened).file().settle();
        } finally {
            release(opened);
        }
    }

    @Override
    public void touch(long node, Instant modified) throws IOException, FuseException {
        writable();
        Node touched = nodes.get(node);
        if (!touched.isGone()) {
            volume.touch(volume.path(touched.name()), modified);
        }
    }

    @Override
    public Entry makeDirectory(long directory, String name, Caller caller) throws IOException, FuseException {
        writable();
        Node parent = nodes.get(directory);
        name(FileAct.FOLDER_CREATED, parent, name, "", caller);
        volume.makeDirectory(path(parent, name));
        return lookup(directory, name);
    }

    @Override
    public void unlink(long directory, String name, Caller caller) throws IOException, FuseException {
        writable();
        Node parent = nodes.get(directory);
        Path path = path(parent, name);
        synchronized (opening) {
            volume.unlink(path);
            nodes.remove(parent, name);
        }
        settlement.rulings().tell(FileReport.ofName(FileAct.FILE_DELETED, full(parent, name), "", List.of(), caller));
    }

    @Override
    public void removeDirectory(long directory, String name, Caller caller) throws IOException, FuseException {
        writable();
        Node parent = nodes.get(directory);
        volume.removeDirectory(path(parent, name));
        nodes.remove(parent, name);
    }

    @Override
    public void rename(long from, String oldName, long to, String newName, boolean replace, Caller caller)
            throws IOException, FuseException {
        writable();
        Node source = nodes.get(from);
        Node target = nodes.get(to);
        boolean decided = name(FileAct.FILE_RENAMED, target, newName, full(source, oldName), caller);
        String oldFull = full(source, oldName);
        synchronized (opening) {
            volume.rename(path(source, oldName), path(target, newName), replace);
            nodes.move(source, oldName, target, newName);
        }
        if (!decided) {
            settlement
                    .rulings()
                    .tell(FileReport.ofName(FileAct.FILE_RENAMED, full(target, newName), oldFull, List.of(), caller));
        }
    }

    @Override
    public long open(long id, OpenWish wish, Caller caller) throws IOException, FuseException {
        if (wish.write()) {
            writable();
        }
        Node node = nodes.get(id);
        OpenFile file;
        synchronized (opening) {
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

    @Override
    public Created create(long directory, String name, OpenWish wish, Caller caller) throws IOException, FuseException {
        writable();
        Node parent = nodes.get(directory);
        Path path = path(parent, name);
        Node node;
        OpenFile file;
        boolean checked = false;
        while (true) {
            synchronized (opening) {
                boolean made = !volume.exists(path);
                if (!made || checked) {
                    node = nodes.hold(parent, name);
                    file = node.open == null ? opened(node, path, made) : node.open;
                    file.handles++;
                    break;
                }
            }
            name(FileAct.FILE_CREATED, parent, name, "", caller);
            checked = true;
        }
        long handle = handle(node, file, new OpenWish(true, wish.truncate()), caller);
        return new Created(new Entry(node.id(), attributes(node)), handle);
    }

    /** For who holds {@link #opening}. */
    private OpenFile opened(Node node, Path path, boolean make) throws IOException, FuseException {
        FileChannel channel = readOnly.getAsBoolean()
                ? FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                : volume.open(path, make);
        OpenFile file = new OpenFile(node, channel, make, settlement.rulings().asksForContent(), room, settlement);
        node.open = file;
        files.add(file);
        return file;
    }

    private long handle(Node node, OpenFile file, OpenWish wish, Caller caller) throws IOException {
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

    @Override
    public void read(long handle, long position, ByteBuffer to) throws IOException, FuseException {
        handle(handle).file().read(position, to);
    }

    @Override
    public void write(long handle, long position, ByteBuffer from) throws IOException, FuseException {
        writable();
        handle(handle).file().write(position, from);
    }

    @Override
    public void flush(long handle, Caller caller) throws IOException, FuseException {
        Handle open = handle(handle);
        if (open.write() && open.file().isHeld()) {
            open.file().settle();
        }
    }

    @Override
    public void sync(long handle, Caller caller) throws IOException, FuseException {
        Handle open = handle(handle);
        if (open.write() && open.file().isHeld()) {
            open.file().settle();
        }
        open.file().force();
    }

    @Override
    public void release(long handle) throws IOException, FuseException {
        Handle open = handle(handle);
        handles.remove(handle);
        try {
            if (open.write()) {
                open.file().settle();
            }
        } catch (FuseException e) {
            // Said when it was closed, or there was nobody to say it to; the record has it.
            LOG.info("A file was held back when it was closed: {}", e.errno());
        } finally {
            last(open);
        }
    }

    private void last(Handle open) throws IOException, FuseException {
        synchronized (opening) {
            OpenFile file = open.file();
            file.handles--;
            if (file.handles > 0) {
                return;
            }
            Node node = open.node();
            node.open = null;
            file.close();
            files.remove(file);
            opening.notifyAll();
            if (file.isToBeRemoved() && !node.isGone()) {
                volume.unlink(volume.path(node.name()));
                Node parent = node.parent();
                if (parent != null) {
                    nodes.remove(parent, node.lastName());
                }
            }
            nodes.forget(node.id(), 0);
        }
    }

    /** Waits until what has been closed is decided and written, but no longer than {@code most}. */
    void settleClosed(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        synchronized (opening) {
            for (long left = most.toMillis(); left > 0 && isSettling(); left = (end - System.nanoTime()) / 1_000_000) {
                opening.wait(left);
            }
        }
    }

    private boolean isSettling() {
        Set<OpenFile> held = new HashSet<>();
        handles.values().forEach(handle -> held.add(handle.file()));
        return !held.containsAll(files);
    }

    /** Lets go of the medium: what has not been decided is dropped, and everything that is open fails from now on. */
    void abandon() throws IOException {
        synchronized (opening) {
            for (OpenFile file : files) {
                file.close();
            }
        }
    }

    @Override
    public long openDirectory(long directory) throws IOException, FuseException {
        Node node = nodes.get(directory);
        long handle = lastHandle.incrementAndGet();
        listings.put(handle, new Snapshot(node, volume.list(volume.path(node.name()))));
        return handle;
    }

    @Override
    public void list(long handle, long from, Listing into) throws IOException, FuseException {
        Snapshot listing = listings.get(handle);
        if (listing == null) {
            throw new FuseException(Errno.EBADF);
        }
        if (from == 0) {
            listing = new Snapshot(
                    listing.directory(),
                    volume.list(volume.path(listing.directory().name())));
            listings.put(handle, listing);
        }
        for (int i = (int) Math.min(from, Integer.MAX_VALUE);
                i < listing.entries().size();
                i++) {
            Volume.Named entry = listing.entries().get(i);
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            if (!into.add(entry.inode(), name, entry.directory(), i + 1L)) {
                return;
            }
        }
    }

    @Override
    public void releaseDirectory(long handle) {
        listings.remove(handle);
    }

    @Override
    public Space space() throws IOException {
        return volume.space();
    }

    /**
     * Has a name decided, if it says anything that a detector knows.
     *
     * @return whether there was anything to decide, and so a record
     */
    private boolean name(FileAct act, Node parent, String name, String oldName, Caller caller)
            throws IOException, FuseException {
        List<Label> labels = settlement.labels(name);
        if (labels.isEmpty()) {
            return false;
        }
        if (!settlement.rulings().permits(FileReport.ofName(act, full(parent, name), oldName, labels, caller))) {
            throw new FuseException(Errno.EPERM);
        }
        return true;
    }

    private void writable() throws FuseException {
        if (readOnly.getAsBoolean()) {
            throw new FuseException(Errno.EROFS);
        }
    }

    private Handle handle(long handle) throws FuseException {
        @Nullable Handle open = handles.get(handle);
        if (open == null) {
            throw new FuseException(Errno.EBADF);
        }
        return open;
    }

    private Path path(Node parent, String name) throws FuseException {
        return volume.path(full(parent, name));
    }

    private static String full(Node parent, String name) {
        String above = parent.name();
        return above.isEmpty() ? name : above + "/" + name;
    }
}
