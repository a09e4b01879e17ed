package org.sekisho.agent.local;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.sekisho.agent.os.windows.OverlappedCall;
import org.sekisho.agent.os.windows.PipeApi;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * One end of a connected pipe. One thread reads and one writes at a time; {@link #close} ends both, and frees what Windows
 * writes to only when neither is under way.
 */
final class WindowsPipeConnection implements LocalConnection {
    private static final PipeApi PIPE = PipeApi.INSTANCE;
    /** One frame of the usual size in one call. */
    static final int BUFFER_BYTES = 64 * 1024;
    /** A call that began just as it was cancelled is cancelled again. */
    private static final long CANCEL_AGAIN_MILLIS = 10;

    private final HANDLE pipe;
    private final String address;
    private final Peer peer;
    private final Runnable closed;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Half reading;
    private final Half writing;

    /**
     * @param pipe connected; this closes it
     * @param closed run once, after that
     */
    WindowsPipeConnection(HANDLE pipe, String address, Peer peer, Runnable closed) throws Win32Failure {
        this.pipe = pipe;
        this.address = address;
        this.peer = peer;
        this.closed = closed;
        reading = new Half();
        writing = new Half();
    }

    /** What one direction needs. Its lock is held for as long as Windows may write to its memory. */
    private static final class Half {
        private final ReentrantLock lock = new ReentrantLock();
        private final Memory buffer = new Memory(BUFFER_BYTES);
        private final OverlappedCall call = new OverlappedCall();

        Half() throws Win32Failure {}

        void free() {
            call.close();
            buffer.clear();
            buffer.close();
        }
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, into.length);
                return length == 0 ? 0 : receive(into, offset, length);
            }

            @Override
            public void close() {
                WindowsPipeConnection.this.close();
            }
        };
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, from.length);
                for (int sent = 0; sent < length; ) {
                    sent += send(from, offset + sent, length - sent);
                }
            }

            @Override
            public void close() {
                WindowsPipeConnection.this.close();
            }
        };
    }

    private int receive(byte[] into, int offset, int length) throws IOException {
        reading.lock.lock();
        try {
            checkOpen();
            boolean started =
                    PIPE.ReadFile(pipe, reading.buffer, Math.min(length, BUFFER_BYTES), null, reading.call.begin());
            int read = reading.call.result(started, pipe, "ReadFile of " + address);
            reading.buffer.read(0, into, offset, read);
            return read;
        } catch (Win32Failure failure) {
            checkOpen();
            if (failure.code() == WinError.ERROR_BROKEN_PIPE || failure.code() == WinError.ERROR_PIPE_NOT_CONNECTED) {
                return -1;
            }
            throw failure;
        } finally {
            reading.lock.unlock();
        }
    }

    private int send(byte[] from, int offset, int length) throws IOException {
        writing.lock.lock();
        try {
            checkOpen();
            int some = Math.min(length, BUFFER_BYTES);
            writing.buffer.write(0, from, offset, some);
            boolean started = PIPE.WriteFile(pipe, writing.buffer, some, null, writing.call.begin());
            return writing.call.result(started, pipe, "WriteFile to " + address);
        } catch (Win32Failure failure) {
            checkOpen();
            throw failure;
        } finally {
            writing.lock.unlock();
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closing.get()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        acquire(reading.lock);
        acquire(writing.lock);
        try {
            Kernel32.INSTANCE.CloseHandle(pipe);
            reading.free();
            writing.free();
        } finally {
            writing.lock.unlock();
            reading.lock.unlock();
        }
        closed.run();
    }

    private void acquire(ReentrantLock lock) {
        boolean interrupted = false;
        boolean acquired = false;
        while (!acquired) {
            PIPE.CancelIoEx(pipe, null);
            try {
                acquired = lock.tryLock(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
