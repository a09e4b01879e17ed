package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopState;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.ServiceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One helper at work: the session's clipboard, the gate, and the link to the service. */
final class DesktopSeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopSeat.class);
    /** Signs of life, as desktop.proto has it. */
    private static final int STATE_SECONDS = 5;
    /** Until the clipboard is served, which takes some 100 ms. */
    private static final int LOOK_MILLIS = 50;
    /** Captures that wait for their inspection; what a storm piles up above that was overwritten long ago. */
    private static final int MOST_WAITING = 256;
    /** Until the service says otherwise: 256 MiB. */
    private static final long MAX_BYTES = 256L << 20;

    private final SessionClipboard clipboard;
    private final DesktopGate gate;
    private final ServiceLink link;
    private final ThreadPoolExecutor inspections = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> daemon(task, "inspection"));
    private final ScheduledExecutorService heartbeat =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "heartbeat"));
    private volatile boolean refused;

    /** @throws ChannelException if the platform's clipboard can't be guarded */
    DesktopSeat(
            DesktopHello hello,
            String address,
            ServiceDialer dialer,
            SessionClipboards clipboards,
            NoticeProcesses windows,
            Path held)
            throws ChannelException {
        AtomicLong maxBytes = new AtomicLong(MAX_BYTES);
        clipboard = clipboards.open(hello.getSession(), new ContentVault(held), maxBytes::get);
        gate = new DesktopGate(message -> link().send(message), inspections, new Notices(windows), maxBytes);
        link = new ServiceLink(dialer, address, hello, new Listener());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Serves until closed, refused or without a clipboard; returns the exit code. */
    int serve() {
        Thread linking = daemon(this::keepLink, "service link");
        linking.start();
        daemon(clipboard::rehearse, "rehearsal").start();
        var beating = heartbeat.scheduleWithFixedDelay(this::tellState, STATE_SECONDS, STATE_SECONDS, TimeUnit.SECONDS);
        heartbeat.execute(this::tellWhenServing);
        try {
            clipboard.serve(gate);
        } catch (ChannelException e) {
            LOG.error("{}", e.getMessage());
            tellState();
            return DesktopCommand.CLIPBOARD_LOST;
        } finally {
            beating.cancel(false);
            close();
        }
        return refused ? DesktopCommand.NOT_TAKEN : 0;
    }

    private void keepLink() {
        refused = !link.run();
        clipboard.close();
    }

    private ServiceLink link() {
        return link;
    }

    /** The clipboard may come after the link, which is told at once what it is then. */
    private void tellWhenServing() {
        if (clipboard.state().getMode() != ChannelMode.MODE_INACTIVE) {
            tellState();
        } else if (!heartbeat.isShutdown()) {
            var later = heartbeat.schedule(this::tellWhenServing, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            requireNonNull(later, "later is null");
        }
    }

    private void tellState() {
        link.send(DesktopMessage.newBuilder()
                .setState(DesktopState.newBuilder().setClipboard(clipboard.state()))
                .build());
    }

    @Override
    public void close() {
        clipboard.close();
        heartbeat.shutdownNow();
        link.close();
        inspections.shutdownNow();
    }

    private final class Listener implements ServiceLink.Listener {
        @Override
        public void welcomed(DesktopWelcome welcome) {
            gate.welcomed(welcome);
            heartbeat.execute(DesktopSeat.this::tellState);
        }

        @Override
        public void received(ServiceMessage message) {
            gate.received(message);
        }

        @Override
        public void lost() {
            gate.lost();
        }
    }
}
