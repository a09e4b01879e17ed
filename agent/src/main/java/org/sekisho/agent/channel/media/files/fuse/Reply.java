package org.sekisho.agent.channel.media.files.fuse;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sekisho.agent.os.linux.DeviceCalls;

/** The answer to one request at a time ({@code struct fuse_out_header} and what follows it). One thread. */
final class Reply {
    private static final int HEADER = 16;
    /** The asker has been interrupted and waits no more (fuse(4)). */
    private static final int ENOENT = 2;

    private final int device;
    private final ByteBuffer buffer;

    Reply(int device, int mostBytes) {
        this.device = device;
        this.buffer = ByteBuffer.allocateDirect(HEADER + mostBytes).order(ByteOrder.nativeOrder());
    }

    /** Where the answer's content goes. */
    ByteBuffer body() {
        buffer.clear().position(HEADER);
        return buffer;
    }

    /** Sends what was put into {@link #body()}. */
    void send(long unique) {
        finish(unique, 0);
    }

    void error(long unique, Errno errno) {
        body();
        finish(unique, -errno.number());
    }

    private void finish(long unique, int error) {
        int length = buffer.position();
        buffer.putInt(0, length).putInt(4, error).putLong(8, unique);
        try {
            DeviceCalls.write(device, Native.getDirectBufferPointer(buffer), length);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ENOENT) {
                throw e;
            }
        }
    }
}
