package org.sekisho.agent.local;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.sekisho.agent.os.linux.LocalSockets;

/**
 * A socket's file descriptor that may be closed while other threads are inside a call on it. Closing wakes them; the number
 * goes back to the kernel only when the last has left, so that no call ever hits another file of that number. Thread-safe.
 */
final class Descriptor {
    private final int number;
    private final String what;
    private int inside;
    private boolean closed;

    Descriptor(int number, String what) {
        this.number = number;
        this.what = what;
    }

    /** A call on the descriptor; made again when a signal interrupted it. */
    interface Call {
        long on(int descriptor) throws LastErrorException;
    }

    /**
     * Makes a call.
     *
     * @throws ClosedChannelException if the descriptor is closed, also meanwhile
     * @throws IOException with the OS's error
     */
    long call(String doing, Call call) throws IOException {
        enter();
        try {
            while (true) {
                try {
                    return call.on(number);
                } catch (LastErrorException e) {
                    if (isClosed()) {
                        throw new ClosedChannelException();
                    }
                    if (e.getErrorCode() != LocalSockets.EINTR) {
                        throw new IOException("%s %s: %s".formatted(doing, what, e.getMessage()), e);
                    }
                }
            }
        } finally {
            leave();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Once closed stays closed; more than once is harmless. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            LocalSockets.shutdown(number, LocalSockets.SHUT_RDWR);
        } catch (LastErrorException notConnected) {
            // ENOTCONN: the other end was quicker; there is nobody to wake.
            assert notConnected.getErrorCode() != 0;
        }
        release();
    }

    private synchronized void enter() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        inside++;
    }

    private synchronized void leave() {
        inside--;
        release();
    }

    private void release() {
        if (closed && inside == 0) {
            inside = -1;
            LocalSockets.close(number);
        }
    }
}
