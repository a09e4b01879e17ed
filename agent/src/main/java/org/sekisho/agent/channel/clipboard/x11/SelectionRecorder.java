package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the X server tell of all claims and conversions of selections, by whatever program (RECORD 1.13), on a connection and a
 * thread of its own, and says which conversions went past the guard. It sees them and can't stop them.
 */
final class SelectionRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelectionRecorder.class);
    private static final int QUERY_VERSION = 0;
    private static final int CREATE_CONTEXT = 1;
    private static final int ENABLE_CONTEXT = 5;

    private static final int FROM_CLIENT = 1;
    private static final int CLIENT_DIED = 3;
    private static final int START_OF_DATA = 4;
    private static final int END_OF_DATA = 5;

    private static final int ALL_CLIENTS = 3;
    /** Each request with the server's time at which it came: requests that come together share a reply's. */
    private static final int FROM_CLIENT_TIME = 2;

    private static final int TIME = 4;
    private static final int SET_SELECTION_OWNER = 22;
    private static final int CONVERT_SELECTION = 24;
    /** Of a reply, before what was recorded. */
    private static final int HEADER = 32;

    private final XConnection x;
    private final SelectionLog log;
    private final Consumer<SelectionLog.Exposure> exposed;
    private final Consumer<String> lost;
    private final int context;
    private final int enabled;
    private final Thread thread;
    private volatile boolean stopped;

    private SelectionRecorder(
            XConnection x,
            XExtension record,
            SelectionLog log,
            Consumer<SelectionLog.Exposure> exposed,
            Consumer<String> lost)
            throws ChannelException {
        this.x = x;
        this.log = log;
        this.exposed = exposed;
        this.lost = lost;
        Pointer version = record.ask(QUERY_VERSION, 1 | 13 << 16);
        if (version == null) {
            throw new ChannelException("Display " + x.display() + " doesn't speak RECORD");
        }
        Libc.free(version);
        this.context = x.newId();
        record.send(CREATE_CONTEXT, createContext(context));
        this.enabled = record.begin(ENABLE_CONTEXT, context);
        // The first answer says that recording has begun: what happens from now on is told.
        Pointer begun = x.reply(enabled);
        if (begun == null || category(begun) != START_OF_DATA) {
            throw new ChannelException("Display " + x.display() + " records nothing");
        }
        Libc.free(begun);
        this.thread = new Thread(this::run, "clipboard record");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to record; null if the display has no RECORD, or refuses it.
     *
     * @param guard whose conversions are the guard's own
     * @param exposed is told, on the recorder's thread
     * @param lost is told why nothing is recorded any more, on the same
     */
    static @Nullable SelectionRecorder start(
            XConnection guard, List<Integer> selections, Consumer<SelectionLog.Exposure> exposed, Consumer<String> lost)
            throws ChannelException {
        XConnection x = XConnection.open(guard.display());
        try {
            XExtension record = XExtension.find(x, "RECORD");
            if (record != null) {
                return new SelectionRecorder(x, record, new SelectionLog(guard, selections), exposed, lost);
            }
            x.close();
        } catch (ChannelException e) {
            LOG.warn("Pastes before a takeover can't be seen: {}", e.getMessage());
            x.close();
        } catch (RuntimeException e) {
            x.close();
            throw e;
        }
        return null;
    }

    /** One range: two kinds of requests, and the ends of clients (24 bytes; recordproto 1.13, RECORDRANGE). */
    private static int[] createContext(int context) {
        byte[] range = new byte[2 * 24];
        range[0] = SET_SELECTION_OWNER;
        range[1] = SET_SELECTION_OWNER;
        range[23] = 1;
        range[24] = CONVERT_SELECTION;
        range[25] = CONVERT_SELECTION;
        int[] ranges = XWords.words(range);
        int[] words = new int[5 + ranges.length];
        words[0] = context;
        words[1] = FROM_CLIENT_TIME;
        words[2] = 1;
        words[3] = 2;
        words[4] = ALL_CLIENTS;
        System.arraycopy(ranges, 0, words, 5, ranges.length);
        return words;
    }

    /** What the server knows the recording by; any program may end it. */
    int context() {
        return context;
    }

    private static int category(Pointer reply) {
        return reply.getByte(1);
    }

    private void run() {
        try {
            while (!stopped) {
                Pointer reply = x.replyIfThere(enabled);
                if (reply == null) {
                    x.await(-1);
                } else {
                    try {
                        take(reply);
                    } finally {
                        Libc.free(reply);
                    }
                }
            }
        } catch (ChannelException e) {
            lost.accept(String.valueOf(e.getMessage()));
        }
    }

    private void take(Pointer reply) throws ChannelException {
        int category = category(reply);
        if (category == END_OF_DATA) {
            throw new ChannelException("another program has ended the recording of display " + x.display());
        }
        if (category == CLIENT_DIED) {
            log.died(reply.getInt(12));
        } else if (category == FROM_CLIENT) {
            long words = Integer.toUnsignedLong(reply.getInt(4));
            byte[] requests = reply.getByteArray(HEADER, (int) Math.min(words * 4, Integer.MAX_VALUE - HEADER));
            boolean swapped = reply.getByte(9) != 0;
            ByteOrder order = ByteOrder.nativeOrder();
            if (swapped) {
                order = order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            }
            take(requests, order);
        }
    }

    /** Requests as their program sent them, in its byte order, each behind its time in the recorder's. */
    private void take(byte[] recorded, ByteOrder order) {
        ByteBuffer times = ByteBuffer.wrap(recorded).order(ByteOrder.nativeOrder());
        ByteBuffer requests = ByteBuffer.wrap(recorded).order(order);
        int start = TIME;
        while (requests.limit() - start >= 16) {
            int opcode = requests.get(start);
            int bytes = 4 * Short.toUnsignedInt(requests.getShort(start + 2));
            if (bytes < 16 || bytes > requests.limit() - start) {
                return;
            }
            if (opcode == SET_SELECTION_OWNER) {
                int now = times.getInt(start - TIME);
                log.claimed(requests.getInt(start + 8), requests.getInt(start + 4), requests.getInt(start + 12), now);
            } else if (opcode == CONVERT_SELECTION && bytes >= 24) {
                log.asked(requests.getInt(start + 8), requests.getInt(start + 4), requests.getInt(start + 12))
                        .ifPresent(exposed);
            }
            start += bytes + TIME;
        }
    }

    @Override
    public void close() {
        stopped = true;
        x.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        x.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
