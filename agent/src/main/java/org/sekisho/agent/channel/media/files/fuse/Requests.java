package org.sekisho.agent.channel.media.files.fuse;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Answers requests from a file system: takes apart what is asked, and puts together what is answered. Thread-safe. */
final class Requests {
    /** Largest write or read in one request: 256 pages, which is the most that the kernel takes. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MAJOR = 7;
    private static final int MINOR = 31;
    private static final int FIXED_READ = 40;
    private static final int FIXED_WRITE = 40;
    /** {@code FUSE_ASYNC_READ | FUSE_ATOMIC_O_TRUNC | FUSE_BIG_WRITES | FUSE_PARALLEL_DIROPS | FUSE_MAX_PAGES}. */
    private static final int FEATURES = 1 | 1 << 3 | 1 << 5 | 1 << 18 | 1 << 22;

    private static final int PAGES = 256;
    private static final int UNDER_WAY = 64;

    private static final int SET_SIZE = 1 << 3;
    private static final int SET_MODIFIED = 1 << 5;
    private static final int HAS_HANDLE = 1 << 6;
    private static final int SET_MODIFIED_NOW = 1 << 8;
    private static final int RENAME_NOREPLACE = 1;

    private final FuseFileSystem files;

    Requests(FuseFileSystem files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** Whether an answer is expected at all. */
    static boolean isAnswered(Opcode opcode) {
        return opcode != Opcode.FORGET && opcode != Opcode.BATCH_FORGET && opcode != Opcode.INTERRUPT;
    }

    /** Whether answering may wait for people or programs. */
    static boolean mayTakeLong(Opcode opcode) {
        return switch (opcode) {
            case FLUSH, FSYNC, RELEASE, SETATTR, MKDIR, RENAME, RENAME2, CREATE, UNLINK -> true;
            default -> false;
        };
    }

    /** Whether answering may change what is on the medium. */
    static boolean mayChange(Opcode opcode) {
        return switch (opcode) {
            case WRITE, SETATTR, CREATE, MKDIR, UNLINK, RMDIR, RENAME, RENAME2, FLUSH, RELEASE -> true;
            default -> false;
        };
    }

    /** Carries a request out and puts the answer's content into {@code out}. */
    void answer(Request request, ByteBuffer out) throws IOException, FuseException {
        ByteBuffer in = request.body();
        long node = request.node();
        Caller caller = request.caller();
        switch (request.opcode()) {
            case INIT -> init(in, out);
            case LOOKUP -> files.lookup(node, request.name()).encode(out);
            case FORGET -> files.forget(node, in.getLong());
            case BATCH_FORGET -> forget(in);
            case GETATTR -> attributes(node, out);
            case SETATTR -> setAttributes(node, in, caller, out);
            case MKDIR -> {
                in.getLong();
                files.makeDirectory(node, request.name(), caller).encode(out);
            }
            case UNLINK -> files.unlink(node, request.name(), caller);
            case RMDIR -> files.removeDirectory(node, request.name(), caller);
            case RENAME -> {
                long to = in.getLong();
                files.rename(node, request.name(), to, request.name(), true, caller);
            }
            case RENAME2 -> rename(request, in);
            case OPEN -> {
                long handle = files.open(node, OpenWish.of(in.getInt()), caller);
                out.putLong(handle).putInt(0).putInt(0);
            }
            case CREATE -> create(request, in, out);
            case READ -> read(in, out);
            case WRITE -> write(in, out);
            case FLUSH -> files.flush(in.getLong(), caller);
            case FSYNC -> files.sync(in.getLong(), caller);
            case RELEASE -> files.release(in.getLong());
            case OPENDIR -> out.putLong(files.openDirectory(node)).putInt(0).putInt(0);
            case RELEASEDIR -> files.releaseDirectory(in.getLong());
            case READDIR -> {
                long handle = in.getLong();
                long from = in.getLong();
                files.list(handle, from, new Listing(out, Math.min(in.getInt(), MOST_BYTES)));
            }
            case STATFS -> files.space().encode(out);
            case FSYNCDIR, INTERRUPT, DESTROY -> {
                // A directory's entries are as durable as its file system makes them, and nothing can be taken back.
            }
            case MKNOD, SYMLINK, LINK -> throw new FuseException(Errno.EPERM);
            case UNKNOWN -> throw new FuseException(Errno.ENOSYS);
        }
    }

    private static void init(ByteBuffer in, ByteBuffer out) throws FuseException {
        int major = in.getInt();
        int minor = in.getInt();
        int readahead = in.getInt();
        int offered = in.getInt();
        if (major != MAJOR || minor < MINOR) {
            throw new FuseException(Errno.ENOSYS);
        }
        out.putInt(MAJOR).putInt(MINOR).putInt(readahead).putInt(FEATURES & offered);
        out.putShort((short) UNDER_WAY).putShort((short) (UNDER_WAY * 3 / 4));
        out.putInt(MOST_BYTES).putInt(1).putShort((short) PAGES).putShort((short) 0);
        while (out.position() < 16 + 64) {
            out.putInt(0);
        }
    }

    private void forget(ByteBuffer in) {
        int count = in.getInt();
        in.getInt();
        for (int i = 0; i < count; i++) {
            long node = in.getLong();
            files.forget(node, in.getLong());
        }
    }

    private void attributes(long node, ByteBuffer out) throws IOException, FuseException {
        Attributes attributes = files.attributes(node);
        out.putLong(0).putInt(0).putInt(0);
        attributes.encode(out);
    }

    private void setAttributes(long node, ByteBuffer in, Caller caller, ByteBuffer out)
            throws IOException, FuseException {
        int valid = in.getInt(0);
        if ((valid & SET_SIZE) != 0) {
            files.resize(node, (valid & HAS_HANDLE) == 0 ? 0 : in.getLong(8), in.getLong(16), caller);
        }
        if ((valid & SET_MODIFIED) != 0) {
            boolean now = (valid & SET_MODIFIED_NOW) != 0;
            files.touch(node, now ? Instant.now() : Instant.ofEpochSecond(in.getLong(40), in.getInt(60)));
        }
        // Owner and permissions of what lies on a medium mean nothing elsewhere; asking for others is taken as vfat's
        // `quiet` takes it, so that `cp -p` and `rsync -a` have nothing to complain of.
        attributes(node, out);
    }

    private void rename(Request request, ByteBuffer in) throws IOException, FuseException {
        long to = in.getLong();
        int flags = in.getInt();
        in.getInt();
        if ((flags & ~RENAME_NOREPLACE) != 0) {
            throw new FuseException(Errno.EINVAL);
        }
        files.rename(request.node(), request.name(), to, request.name(), flags == 0, request.caller());
    }

    private void create(Request request, ByteBuffer in, ByteBuffer out) throws IOException, FuseException {
        OpenWish wish = OpenWish.of(in.getInt());
        in.position(16);
        FuseFileSystem.Created created = files.create(request.node(), request.name(), wish, request.caller());
        created.entry().encode(out);
        out.putLong(created.handle()).putInt(0).putInt(0);
    }

    private void read(ByteBuffer in, ByteBuffer out) throws IOException, FuseException {
        long handle = in.getLong();
        long position = in.getLong();
        int most = Math.min(in.getInt(), MOST_BYTES);
        ByteBuffer to = out.slice(out.position(), most);
        files.read(handle, position, to);
        out.position(out.position() + to.position());
    }

    private void write(ByteBuffer in, ByteBuffer out) throws IOException, FuseException {
        long handle = in.getLong();
        long position = in.getLong();
        int size = in.getInt();
        files.write(handle, position, in.slice(FIXED_WRITE, size));
        out.putInt(size).putInt(0);
    }

    /** Room that a request needs at most. */
    static int mostRequestBytes() {
        // A page for the header and the fixed part, as the kernel demands.
        return MOST_BYTES + Math.max(4_096, FIXED_READ);
    }
}
