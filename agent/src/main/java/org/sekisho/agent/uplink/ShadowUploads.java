package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.agent.shadow.ShadowFolder.Waiting;
import org.sekisho.v1.TerminalLinkGrpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings shadow copies to the server, one after the other, beside the stream of events; while there is no connection they
 * wait. What the server has for good is removed here. Thread-safe.
 */
public final class ShadowUploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowUploads.class);

    private final TerminalChannels channels;
    private final LiveIdentity identity;
    private final ShadowFolder folder;
    private final BooleanSupplier online;
    private final EventLoop loop;
    private final Backoff backoff;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param folder what waits in it is sent
     * @param online whether the server is there
     * @param loop for the time between two tries
     * @param backoff its own
     */
    public ShadowUploads(
            TerminalChannels channels,
            LiveIdentity identity,
            ShadowFolder folder,
            BooleanSupplier online,
            EventLoop loop,
            Backoff backoff) {
        this.channels = requireNonNull(channels, "channels is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.online = requireNonNull(online, "online is null");
        this.loop = requireNonNull(loop, "loop is null");
        this.backoff = requireNonNull(backoff, "backoff is null");
    }

    /** Something waits, or the server is there again: sends what waits, in the background. */
    public void wake() {
        if (!closed && online.getAsBoolean() && running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("shadow copies").start(this::run);
        }
    }

    /** Begins no further upload. What has not been answered is sent again by the next run. */
    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        boolean all = false;
        try {
            all = sendAll();
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("Shadow copies can't be sent: {}", e.getMessage());
        } finally {
            running.set(false);
        }
        if (!all) {
            loop.after(backoff.failed(), this::wake);
        } else if (waits()) {
            // It came between the last look and the end of this run.
            wake();
        }
    }

    private boolean waits() {
        try {
            return folder.next().isPresent();
        } catch (IOException e) {
            LOG.error("The folder of shadow copies can't be read: {}", e.getMessage());
            return false;
        }
    }

    private boolean sendAll() throws IOException, GeneralSecurityException {
        Optional<Waiting> next = folder.next();
        if (next.isEmpty()) {
            return true;
        }
        ManagedChannel channel = channels.open(identity.current());
        try {
            for (; next.isPresent() && !closed; next = folder.next()) {
                if (!send(channel, next.get())) {
                    return false;
                }
            }
            return true;
        } finally {
            channel.shutdownNow();
        }
    }

    /** @return false if it is to be tried again later */
    private boolean send(ManagedChannel channel, Waiting copy) throws IOException {
        try {
            ShadowUpload.send(TerminalLinkGrpc.newStub(channel), copy);
            folder.remove(copy.id());
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                LOG.info("Shadow copy {} waits on: {}", copy.id(), e.getStatus());
                return false;
            }
            LOG.error("The server will never take shadow copy {}: {}", copy.id(), e.getStatus());
            if (copy.failure().isEmpty()) {
                folder.fail(copy.id(), "the server refused it: " + e.getStatus().getDescription());
            } else {
                folder.remove(copy.id());
            }
            return true;
        }
    }
}
