package org.sekisho.agent.channel.media.files.fuse;

import static java.util.Objects.requireNonNull;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.os.linux.DeviceCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a mounted file system until it is unmounted. Some threads read requests and answer them in place; what may take
 * long is answered by others, of which there is a bounded number, so that one file under inspection keeps nobody from
 * reading another.
 */
public final class FuseServer {
    private static final Logger LOG = LoggerFactory.getLogger(FuseServer.class);
    /** Two that copy, and one for who looks at a directory meanwhile. */
    private static final int READERS = 3;
    /** More files are closed at once only by who wants to have it slow. */
    private static final int SLOW_AT_ONCE = 16;
    /** Largest body of what is answered by other threads: an entry with a handle. */
    private static final int SLOW_ANSWER = 4_096;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENODEV = 19;
    private static final int ENOENT = 2;

    private final int device;
    private final Requests requests;
    private final LongConsumer changed;
    private final Semaphore slow = new Semaphore(SLOW_AT_ONCE);

    /**
     * Serves nothing yet.
     *
     * @param device a descriptor of {@code /dev/fuse} that was given to mount(2)
     * @param changed is called after each request that may have changed something, with the bytes of the request; must return
     *     at once
     */
    public FuseServer(int device, FuseFileSystem files, LongConsumer changed) {
        this.device = device;
        this.changed = requireNonNull(changed, "changed is null");
        this.requests = new Requests(files);
    }

    /**
     * Serves; returns when the file system has been unmounted.
     *
     * @throws InterruptedException if this thread is
     */
    public void serve() throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(Thread.ofPlatform().daemon().name("fuse " + i).start(this::read));
        }
        for (Thread reader : readers) {
            reader.join();
        }
    }

    private void read() {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(Requests.mostRequestBytes()).order(ByteOrder.nativeOrder());
        Pointer memory = Native.getDirectBufferPointer(buffer);
        Reply reply = new Reply(device, Requests.MOST_BYTES);
        while (true) {
            try {
                long length = DeviceCalls.read(device, memory, buffer.capacity());
                if (length <= 0) {
                    return;
                }
                handle(Request.read(buffer.clear().limit((int) length)), reply);
            } catch (LastErrorException e) {
                int errno = e.getErrorCode();
                if (errno == ENODEV) {
                    return;
                }
                // ENOENT: the request was interrupted before it was read (fuse(4)).
                if (errno != EINTR && errno != EAGAIN && errno != ENOENT) {
                    LOG.error("/dev/fuse can't be read any more: errno {}", errno);
                    return;
                }
            }
        }
    }

    private void handle(Request request, Reply reply) {
        if (!Requests.mayTakeLong(request.opcode())) {
            answer(request, reply);
            return;
        }
        ByteBuffer body = request.body();
        ByteBuffer copy = ByteBuffer.allocate(body.remaining()).order(body.order());
        copy.put(body).flip();
        Request kept = new Request(request.opcode(), request.unique(), request.node(), request.caller(), copy);
        slow.acquireUninterruptibly();
        Thread.ofPlatform().daemon().name("fuse slow").start(() -> {
            try {
                answer(kept, new Reply(device, SLOW_ANSWER));
            } finally {
                slow.release();
            }
        });
    }

    private void answer(Request request, Reply reply) {
        Errno error = carriedOut(request, reply.body(), reply);
        if (error != null && Requests.isAnswered(request.opcode())) {
            reply.error(request.unique(), error);
        }
        if (Requests.mayChange(request.opcode())) {
            changed.accept(request.body().limit());
        }
    }

    private @Nullable Errno carriedOut(Request request, ByteBuffer body, Reply reply) {
        try {
            requests.answer(request, body);
        } catch (FuseException e) {
            return e.errno();
        } catch (IOException e) {
            return FuseException.of(e);
        } catch (RuntimeException e) {
            // Whatever is wrong with one request must not leave its asker waiting for ever.
            LOG.error("The request {} failed", request.opcode(), e);
            return FuseException.of(e);
        }
        if (Requests.isAnswered(request.opcode())) {
            reply.send(request.unique());
        }
        return null;
    }
}
