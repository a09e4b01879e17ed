package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;

/** Waits for a file descriptor to become readable, or to be woken. One thread waits; any may wake. */
final class WakeablePoll implements AutoCloseable {
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final short POLLIN = 1;
    private static final int EINTR = 4;
    private static final int POLLFD_BYTES = 8;

    private final String what;
    private final int fd;
    private final Memory pollfds = new Memory(2 * POLLFD_BYTES);
    private int wakeFd;

    /**
     * @param what the descriptor belongs to, for messages
     * @throws ChannelException if the system has no descriptor left for waking
     */
    WakeablePoll(String what, int fd) throws ChannelException {
        this.what = what;
        this.fd = fd;
        try {
            this.wakeFd = Libc.eventfd(0, EFD_CLOEXEC_NONBLOCK);
        } catch (LastErrorException e) {
            throw new ChannelException("eventfd for " + what + " failed: errno " + e.getErrorCode(), e);
        }
    }

    /** Waits until there is something to read, {@link #wake} is called, or {@code nanos} have passed; below 0 is for ever. */
    void await(long nanos) throws ChannelException {
        int millis = nanos < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
        pollfds.setInt(0, fd);
        pollfds.setInt(4, POLLIN);
        pollfds.setInt(POLLFD_BYTES, wakeFd);
        pollfds.setInt(POLLFD_BYTES + 4, POLLIN);
        try {
            Libc.poll(pollfds, 2, millis);
            if ((pollfds.getShort(POLLFD_BYTES + 6) & POLLIN) != 0) {
                Libc.read(wakeFd, new byte[Long.BYTES], Long.BYTES);
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != EINTR) {
                throw new ChannelException("poll on " + what + " failed: errno " + e.getErrorCode(), e);
            }
        }
    }

    /** Makes {@link #await} return. Any thread, also after {@link #close}. */
    synchronized void wake() {
        if (wakeFd >= 0) {
            byte[] one = new byte[Long.BYTES];
            one[0] = 1;
            Libc.write(wakeFd, one, Long.BYTES);
        }
    }

    @Override
    public synchronized void close() {
        if (wakeFd >= 0) {
            Libc.close(wakeFd);
            wakeFd = -1;
        }
    }
}
