package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.event.EventChain;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;

/**
 * What the store knows besides its rows, in one row of constant size: it is overwritten in place and never needs new room.
 *
 * @param acked everything up to here is durable on the server
 * @param before what the first row must link to: the last event that was pruned
 * @param full what was lost for the journal's own limit and isn't recorded yet; null: nothing
 * @param disk the same for want of room on the disk
 * @param closed whether the last run closed the journal
 * @param counts windows of {@link Repeats} that are open, at most {@value #MAX_COUNTS}
 */
record StoreState(
        long acked,
        ChainHead before,
        @Nullable Lost full,
        @Nullable Lost disk,
        boolean closed,
        List<OpenCount> counts) {
    static final StoreState NEW = new StoreState(0, ChainHead.GENESIS, null, null, true, List.of());

    /** The whole state stays within one page of the store. */
    static final int MAX_COUNTS = 64;

    private static final byte VERSION = 1;
    private static final byte[] CONTEXT = "sekisho/v1/journal/state\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAC_BYTES = 32;
    private static final int LOST_BYTES = Long.BYTES * 3 + Integer.BYTES;
    private static final int COUNT_BYTES = Long.BYTES * 3 + Integer.BYTES;
    private static final int CLEAR_BYTES =
            2 + Long.BYTES * 2 + EventChain.HASH_BYTES + LOST_BYTES * 2 + COUNT_BYTES * MAX_COUNTS;

    StoreState {
        counts = List.copyOf(counts);
        if (counts.size() > MAX_COUNTS) {
            throw new IllegalArgumentException(counts.size() + " open counts; at most " + MAX_COUNTS + " have a place");
        }
    }

    byte[] encode(JournalKey key, String terminal) {
        ByteBuffer out = ByteBuffer.allocate(CLEAR_BYTES + MAC_BYTES)
                .put(VERSION)
                .put((byte) (closed ? 1 : 0))
                .putLong(acked)
                .putLong(before.seq());
        before.hash().copyTo(out);
        put(out, full);
        put(out, disk);
        for (OpenCount open : counts) {
            out.putLong(open.firstSeq())
                    .putInt(open.count())
                    .putLong(open.spanMillis())
                    .putLong(open.lastMicros());
        }
        byte[] clear = Arrays.copyOf(out.array(), CLEAR_BYTES);
        return out.position(CLEAR_BYTES).put(code(key, terminal, clear)).array();
    }

    /** The state again; null if these aren't the bytes that this key encoded for this terminal. */
    static @Nullable StoreState decode(JournalKey key, String terminal, byte[] bytes) {
        if (bytes.length != CLEAR_BYTES + MAC_BYTES || bytes[0] != VERSION) {
            return null;
        }
        byte[] clear = Arrays.copyOf(bytes, CLEAR_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, CLEAR_BYTES, bytes.length);
        if (!MessageDigest.isEqual(mac, code(key, terminal, clear))) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(clear, 1, CLEAR_BYTES - 1);
        boolean closed = in.get() != 0;
        long acked = in.getLong();
        long beforeSeq = in.getLong();
        byte[] hash = new byte[EventChain.HASH_BYTES];
        in.get(hash);
        return new StoreState(
                acked,
                new ChainHead(beforeSeq, ByteString.copyFrom(hash)),
                get(in, LossCause.JOURNAL_FULL),
                get(in, LossCause.DISK_FULL),
                closed,
                counts(in));
    }

    private static byte[] code(JournalKey key, String terminal, byte[] clear) {
        byte[] id = terminal.getBytes(StandardCharsets.UTF_8);
        return key.authenticate(ByteBuffer.allocate(CONTEXT.length + id.length + 1 + clear.length)
                .put(CONTEXT)
                .put(id)
                .put((byte) 0)
                .put(clear)
                .array());
    }

    private static List<OpenCount> counts(ByteBuffer in) {
        List<OpenCount> counts = new ArrayList<>();
        for (int i = 0; i < MAX_COUNTS; i++) {
            OpenCount open = new OpenCount(in.getLong(), in.getInt(), in.getLong(), in.getLong());
            if (open.count() > 0) {
                counts.add(open);
            }
        }
        return counts;
    }

    private static void put(ByteBuffer out, @Nullable Lost lost) {
        if (lost == null) {
            out.put(new byte[LOST_BYTES]);
            return;
        }
        int worst = lost.worst() == Verdict.UNRECOGNIZED ? 0 : lost.worst().getNumber();
        out.putLong(lost.count())
                .putLong(lost.firstMicros())
                .putLong(lost.lastMicros())
                .putInt(worst);
    }

    private static @Nullable Lost get(ByteBuffer in, LossCause cause) {
        long count = in.getLong();
        long first = in.getLong();
        long last = in.getLong();
        Verdict worst = Verdict.forNumber(in.getInt());
        return count == 0
                ? null
                : new Lost(cause, count, first, last, worst == null ? Verdict.VERDICT_UNSPECIFIED : worst);
    }
}
