package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    /** To look into less keeps nobody from copying; and of so large ones no more wait than are answered at once. */
    private static final long LARGE = 32L << 20;

    private final Volume volume;
    private final BooleanSupplier readOnly;
    private final Settlement settlement;
    private final Nodes nodes = new Nodes();
    private final OpenFiles files;
    private final Listings listings;
    /** A large file that went through is looked into soon, and after what is being copied. */
    private final Lull lull = new Lull(Duration.ofMillis(300), Duration.ofSeconds(10));

    /** @param readOnly whether nothing may be changed */
    CheckedFiles(Volume volume, BooleanSupplier readOnly, SpoolRoom room, Settlement settlement) {
        this.volume = requireNonNull(volume, "volume is null");
        this.readOnly = requireNonNull(readOnly, "readOnly is null");
        this.settlement = requireNonNull(settlement, "settlement is null");
        this.files = new OpenFiles(volume, readOnly, nodes, requireNonNull(room, "room is null"), settlement);
        this.listings = new Listings(volume);
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
        OpenFile open = files.of(node).orElse(null);
        if (open != null && node.isGone()) {
            return volume.nameless(node.id(), open.size());
        }
        return volume.attributes(volume.path(node.name()), open == null ? null : open.size());
    }

    @Override
    public void resize(long id, long handle, long size, Caller caller) throws IOException, FuseException {
        writable();
        Optional<OpenFiles.Handle> open = files.find(handle);
        if (open.isPresent()) {
            open.get().file().resize(size, caller);
            return;
        }
        long opened = open(id, new OpenWish(true, false), caller);
        try {
            files.get(opened).file().resize(size, caller);
            files.get(opened).file().settle();
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
        files.rename(() -> {
            volume.unlink(path);
            nodes.remove(parent, name);
        });
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
        files.rename(() -> {
            volume.rename(path(source, oldName), path(target, newName), replace);
            nodes.move(source, oldName, target, newName);
        });
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
        return files.open(nodes.get(id), wish, caller);
    }

    @Override
    public Created create(long directory, String name, OpenWish wish, Caller caller) throws IOException, FuseException {
        writable();
        Node parent = nodes.get(directory);
        Path path = path(parent, name);
        Optional<OpenFiles.Named> named = files.create(parent, name, path, false);
        if (named.isEmpty()) {
            name(FileAct.FILE_CREATED, parent, name, "", caller);
            named = files.create(parent, name, path, true);
        }
        Node node = named.orElseThrow().node();
        long handle = files.handle(node, named.orElseThrow().file(), new OpenWish(true, wish.truncate()), caller);
        return new Created(new Entry(node.id(), attributes(node)), handle);
    }

    @Override
    public void read(long handle, long position, ByteBuffer to) throws IOException, FuseException {
        files.get(handle).file().read(position, to);
    }

    @Override
    public void write(long handle, long position, ByteBuffer from) throws IOException, FuseException {
        writable();
        lull.busy();
        files.get(handle).file().write(position, from);
    }

    @Override
    public void flush(long handle, Caller caller) throws IOException, FuseException {
        OpenFiles.Handle open = files.get(handle);
        if (open.write() && open.file().isHeld()) {
            open.file().settle();
        }
    }

    @Override
    public void sync(long handle, Caller caller) throws IOException, FuseException {
        OpenFiles.Handle open = files.get(handle);
        if (open.write() && open.file().isHeld()) {
            open.file().settle();
        }
        open.file().force();
    }

    @Override
    public void release(long handle) throws IOException, FuseException {
        OpenFiles.Handle open = files.get(handle);
        files.remove(handle);
        try {
            if (open.write()) {
                settleAtTheEnd(open.file());
            }
        } catch (FuseException e) {
            // Said when it was closed, or there was nobody to say it to; the record has it.
            LOG.info("A file was held back when it was closed: {}", e.errno());
        } finally {
            files.closed(open);
        }
    }

    /** What went through already is only looked into now, when nobody waits for it: whoever copies on goes first. */
    private void settleAtTheEnd(OpenFile file) throws IOException, FuseException {
        if (!file.isHeld()) {
            Background.begin();
            if (file.size() >= LARGE) {
                lull.await();
            }
        }
        file.settle();
    }

    /** Waits until what has been closed is decided and written, but no longer than {@code most}. */
    void settleClosed(Duration most) throws InterruptedException {
        lull.end();
        files.settleClosed(most);
    }

    /** Lets go of the medium: what has not been decided is dropped, what went through is recorded, and all that is open fails. */
    void abandon() throws IOException {
        lull.end();
        files.abandon();
    }

    @Override
    public long openDirectory(long directory) throws IOException, FuseException {
        return listings.open(nodes.get(directory));
    }

    @Override
    public void list(long handle, long from, Listing into) throws IOException, FuseException {
        listings.list(handle, from, into);
    }

    @Override
    public void releaseDirectory(long handle) {
        listings.close(handle);
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
        FileReport report = FileReport.ofName(act, full(parent, name), oldName, labels, caller);
        if (!settlement.rulings().rule(report).getPermitted()) {
            throw new FuseException(Errno.EPERM);
        }
        return true;
    }

    private void writable() throws FuseException {
        if (readOnly.getAsBoolean()) {
            throw new FuseException(Errno.EROFS);
        }
    }

    private Path path(Node parent, String name) throws FuseException {
        return volume.path(full(parent, name));
    }

    private static String full(Node parent, String name) {
        String above = parent.name();
        return above.isEmpty() ? name : above + "/" + name;
    }
}
