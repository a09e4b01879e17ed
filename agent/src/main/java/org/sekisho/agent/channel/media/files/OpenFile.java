package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;
import org.sekisho.agent.content.extract.ContentSource;
import org.sekisho.v1.FileAct;

/**
 * A file that is open, however many have it open.
 *
 * <p>Held ({@code held}): what is written stays in a {@link Draft} until {@link #settle} has had it decided; only what is
 * allowed as a whole reaches the medium. What is refused is not written, and closing says so. Otherwise writes go to the
 * medium at once, and are looked into when the file is closed.
 *
 * <p>Order of locks: {@code settling}, then {@code content}. Thread-safe.
 */
final class OpenFile {
    /** Somebody goes on writing while the content is looked into; then writers have to wait. */
    private static final int PATIENT_TRIES = 3;

    private final Node node;
    private final FileChannel medium;
    private final boolean held;
    private final SpoolRoom room;
    private final Settlement settlement;
    private final ReentrantLock settling = new ReentrantLock();
    private final ReadWriteLock content = new ReentrantReadWriteLock();
    private @Nullable Draft draft;
    /** Counts what was written, so that a decision is known to be about all of it. */
    private long version;

    private long settled;
    private boolean refused;
    private boolean made;
    private volatile Caller writer = new Caller(0, 0);
    private volatile boolean givenUp;
    /** Of {@link CheckedFiles}: how many handles there are. */
    int handles;

    /** @param made it did not exist before, and is to be decided about even if nothing is written */
    OpenFile(Node node, FileChannel medium, boolean made, boolean held, SpoolRoom room, Settlement settlement) {
        this.node = requireNonNull(node, "node is null");
        this.medium = requireNonNull(medium, "medium is null");
        this.made = made;
        this.version = made ? 1 : 0;
        this.held = held;
        this.room = requireNonNull(room, "room is null");
        this.settlement = requireNonNull(settlement, "settlement is null");
    }

    long size() throws IOException {
        content.readLock().lock();
        try {
            Draft open = draft;
            return open == null ? medium.size() : open.size();
        } finally {
            content.readLock().unlock();
        }
    }

    void read(long position, ByteBuffer to) throws IOException {
        content.readLock().lock();
        try {
            Draft open = draft;
            if (open != null) {
                open.read(position, to);
                return;
            }
            long at = position;
            int read = 0;
            while (to.hasRemaining() && (read = medium.read(to, at)) > 0) {
                at += read;
            }
        } finally {
            content.readLock().unlock();
        }
    }

    void write(long position, ByteBuffer from) throws IOException, FuseException {
        content.writeLock().lock();
        try {
            version++;
            if (held) {
                drafted().write(position, from);
                return;
            }
            long at = position;
            while (from.hasRemaining()) {
                at += medium.write(from, at);
            }
        } finally {
            content.writeLock().unlock();
        }
    }

    void resize(long size, Caller caller) throws IOException {
        content.writeLock().lock();
        try {
            writer = caller;
            version++;
            if (held) {
                drafted().resize(size);
            } else if (size < medium.size()) {
                medium.truncate(size);
            } else if (size > medium.size()) {
                medium.write(ByteBuffer.allocate(1), size - 1);
            }
        } finally {
            content.writeLock().unlock();
        }
    }

    /** Who writes, for the record. */
    void writtenBy(Caller caller) {
        writer = caller;
    }

    /** Whether it was made by who has it open, and nothing of it may stay. */
    boolean isToBeRemoved() {
        return held && made;
    }

    boolean isHeld() {
        return held;
    }

    /**
     * Has decided what was written since the last time, and writes it to the medium if it is allowed.
     *
     * @throws FuseException with {@code EPERM} if what was written last is refused
     */
    void settle() throws IOException, FuseException {
        settling.lock();
        try {
            for (int i = 0; version() != settled && !node.isGone(); i++) {
                Lock lock = i < PATIENT_TRIES ? content.readLock() : content.writeLock();
                long decided;
                boolean permitted;
                lock.lock();
                try {
                    decided = version;
                    permitted = settlement.permits(
                            made ? FileAct.FILE_CREATED : FileAct.FILE_WRITTEN, node.name(), source(), writer);
                } finally {
                    lock.unlock();
                }
                apply(decided, permitted);
            }
            if (refused) {
                throw new FuseException(Errno.EPERM);
            }
        } finally {
            settling.unlock();
        }
    }

    /** Ends looking into it, as the medium has to go; what went through is recorded before this returns. */
    void giveUp() throws IOException, FuseException {
        givenUp = true;
        if (!held) {
            settle();
        }
    }

    private long version() {
        content.readLock().lock();
        try {
            return version;
        } finally {
            content.readLock().unlock();
        }
    }

    private void apply(long decided, boolean permitted) throws IOException {
        content.writeLock().lock();
        try {
            if (version != decided) {
                return;
            }
            settled = decided;
            refused = held && !permitted;
            Draft open = draft;
            if (permitted) {
                made = false;
                if (open != null) {
                    open.commit();
                    open.close();
                    draft = null;
                }
            }
        } finally {
            content.writeLock().unlock();
        }
    }

    void force() throws IOException {
        medium.force(true);
    }

    void close() throws IOException {
        content.writeLock().lock();
        try {
            Draft open = draft;
            draft = null;
            if (open != null) {
                open.close();
            }
            medium.close();
        } finally {
            content.writeLock().unlock();
        }
    }

    private Draft drafted() throws IOException {
        Draft open = draft;
        if (open == null) {
            open = new Draft(medium, room);
            draft = open;
        }
        return open;
    }

    /** The content as it is; for who holds a lock on it. */
    private ContentSource source() throws IOException {
        Draft open = draft;
        long size = open == null ? medium.size() : open.size();
        return new ContentSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) throws IOException {
                if (givenUp) {
                    throw new IOException("the medium is going");
                }
                ByteBuffer to = ByteBuffer.wrap(into, offset, length);
                if (open == null) {
                    return medium.read(to, position);
                }
                open.read(position, to);
                int read = to.position() - offset;
                return read == 0 && length > 0 ? -1 : read;
            }
        };
    }
}
