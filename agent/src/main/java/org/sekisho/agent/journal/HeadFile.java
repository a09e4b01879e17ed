package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.event.EventChain;

/**
 * The floor below which the chain must never fall again, in a file of its own beside the store, and the lock that keeps a
 * second process out.
 *
 * <p>Two slots are written in turn, each in a disk page of its own: a write that is torn spoils one, and the other still holds
 * the floor before it. Both carry an authentication code, so that nobody without the journal's key can lower the floor.
 *
 * <p>Not thread safe.
 */
final class HeadFile implements AutoCloseable {
    /** Two slots of 4 KiB: the largest unit that disks in use write in one piece. */
    static final long BYTES = 8192;

    private static final int SLOT_BYTES = 4096;
    private static final byte[] MAGIC = "SEKHEAD1".getBytes(StandardCharsets.US_ASCII);
    private static final int CLEAR_BYTES = 8 + Long.BYTES * 3 + EventChain.HASH_BYTES;
    private static final int MAC_BYTES = 32;

    /**
     * What the file says.
     *
     * @param head the last event that may have left the terminal
     * @param acked as {@link StoreState#acked}
     */
    record Floor(ChainHead head, long acked) {}

    /** What was found in the file. */
    sealed interface Found {
        /** There was no file. */
        record Nothing() implements Found {}

        /** The newest whole slot. */
        record Kept(Floor floor) implements Found {}

        /** There is a file, but no slot in it is whole. */
        record Spoilt() implements Found {}
    }

    private final FileChannel channel;
    private final JournalKey key;
    private final byte[] terminal;
    private final Found found;
    private long counter;

    private HeadFile(FileChannel channel, JournalKey key, String terminal) throws IOException {
        this.channel = channel;
        this.key = key;
        this.terminal = terminal.getBytes(StandardCharsets.UTF_8);
        this.found = read();
    }

    /**
     * Opens and locks the file; makes it first if need be.
     *
     * @throws JournalException if another process holds it
     */
    static HeadFile open(Path file, JournalKey key, String terminal) throws IOException {
        FileChannel channel = PrivateFiles.open(file);
        try {
            if (lock(channel) == null) {
                throw new JournalException("another process has the journal open (it locks " + file
                        + "); only one agent may run on a terminal");
            }
            HeadFile head = new HeadFile(channel, key, terminal);
            PrivateFiles.extend(channel, BYTES);
            return head;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Found found() {
        return found;
    }

    /** Synced when it returns. */
    void write(Floor floor) throws IOException {
        counter++;
        ByteBuffer slot = ByteBuffer.allocate(CLEAR_BYTES + MAC_BYTES)
                .put(MAGIC)
                .putLong(counter)
                .putLong(floor.head().seq())
                .putLong(floor.acked());
        floor.head().hash().copyTo(slot);
        slot.put(code(Arrays.copyOf(slot.array(), CLEAR_BYTES))).flip();
        long at = (counter % 2) * SLOT_BYTES;
        while (slot.hasRemaining()) {
            at += channel.write(slot, at);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Found read() throws IOException {
        if (channel.size() == 0) {
            return new Found.Nothing();
        }
        Floor newest = null;
        boolean untouched = true;
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer bytes = ByteBuffer.allocate(CLEAR_BYTES + MAC_BYTES);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (long) slot * SLOT_BYTES + bytes.position()) < 0) {
                    break;
                }
            }
            untouched &= Arrays.equals(bytes.array(), new byte[CLEAR_BYTES + MAC_BYTES]);
            Floor floor = parse(bytes.array());
            newest = floor == null ? newest : floor;
        }
        if (newest != null) {
            return new Found.Kept(newest);
        }
        // Allocated, and then never written: the first run ended before its first event.
        return untouched ? new Found.Nothing() : new Found.Spoilt();
    }

    /** The slot's floor if the slot is whole and newer than what was parsed before. */
    private @Nullable Floor parse(byte[] bytes) {
        byte[] clear = Arrays.copyOf(bytes, CLEAR_BYTES);
        if (!MessageDigest.isEqual(code(clear), Arrays.copyOfRange(bytes, CLEAR_BYTES, bytes.length))
                || !Arrays.equals(MAGIC, Arrays.copyOf(clear, MAGIC.length))) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(clear, MAGIC.length, CLEAR_BYTES - MAGIC.length);
        long count = in.getLong();
        if (count < counter) {
            return null;
        }
        counter = count;
        long seq = in.getLong();
        long acked = in.getLong();
        return new Floor(new ChainHead(seq, ByteString.copyFrom(in)), acked);
    }

    private byte[] code(byte[] clear) {
        return key.authenticate(ByteBuffer.allocate(clear.length + terminal.length)
                .put(clear)
                .put(terminal)
                .array());
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
