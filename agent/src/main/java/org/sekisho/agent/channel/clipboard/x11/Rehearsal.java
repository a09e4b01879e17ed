package org.sekisho.agent.channel.clipboard.x11;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.Paste;
import org.sekisho.agent.os.linux.Xcb;
import org.sekisho.v1.Selection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies and takes over on a selection that no person uses, until the code of a takeover is compiled. A JVM interprets what
 * it has run a few times only, at ten to fifty times the duration: without this, the first copies after each start, and at a
 * person's pace all copies of a day, lie open for milliseconds. For one thread.
 */
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String SELECTION = "_SEKISHO_REHEARSAL";
    /** Above Tier3InvocationThreshold, 200, after which HotSpot compiles a method. */
    static final int ROUNDS = 300;
    /** A round takes about a millisecond. Any program may disturb the rehearsal, and gains nothing by it. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int SELECTION_CLEAR = 29;

    private final X11Loop guard;
    private final XConnection guardsDisplay;
    private final XConnection x;
    private final XAtoms atoms;
    private final XProperties properties;
    private final int window;
    private final int selection;
    private final int targets;
    private final int text;

    private Rehearsal(String display, ContentVault vault, X11Limits limits) throws ChannelException {
        x = XConnection.open(display);
        try {
            atoms = new XAtoms(x);
            properties = new XProperties(x);
            window = x.createWindow(0);
            selection = atoms.of(SELECTION);
            targets = atoms.of("TARGETS");
            text = atoms.of("UTF8_STRING");
            guardsDisplay = XConnection.open(display);
        } catch (ChannelException | RuntimeException e) {
            x.close();
            throw e;
        }
        try {
            guard = new X11Loop(
                    X11Session.on(guardsDisplay, vault, () -> 1024, limits),
                    new Nobody(),
                    Map.of(SELECTION, Selection.SELECTION_UNSPECIFIED));
        } catch (ChannelException | RuntimeException e) {
            guardsDisplay.close();
            x.close();
            throw e;
        }
    }

    /** Rehearses on {@code display}; returns how many copies were taken over. What fails is logged: nothing depends on it. */
    static int run(String display, ContentVault vault, X11Limits limits) {
        try (Rehearsal rehearsal = new Rehearsal(display, vault, limits)) {
            Thread guarding = new Thread(rehearsal::guard, "clipboard rehearsal");
            guarding.setDaemon(true);
            guarding.start();
            try {
                return rehearsal.copyAgainAndAgain();
            } finally {
                rehearsal.guard.stop();
                guarding.join();
            }
        } catch (ChannelException e) {
            LOG.warn(
                    "The clipboard's guard could not be rehearsed; the first copies lie open longer: {}",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void guard() {
        try {
            guard.run();
        } catch (ChannelException e) {
            LOG.warn("The rehearsal of the clipboard's guard ended early: {}", e.getMessage());
        }
    }

    private int copyAgainAndAgain() throws ChannelException {
        long end = System.nanoTime() + LONGEST.toNanos();
        int taken = 0;
        claim();
        while (taken < ROUNDS && System.nanoTime() - end < 0) {
            XEvent event = x.next();
            if (event == null) {
                x.flush();
                x.await(Math.max(0, end - System.nanoTime()));
            } else if (event instanceof XEvent.ConvertRequested request) {
                answer(request);
            } else if (event instanceof XEvent.Other(int type) && type == SELECTION_CLEAR) {
                taken++;
                claim();
            }
        }
        return taken;
    }

    private void claim() {
        Xcb.xcb_set_selection_owner(x.handle(), window, selection, 0);
    }

    private void answer(XEvent.ConvertRequested request) {
        if (request.target() == targets) {
            properties.write(request.requestor(), request.property(), XAtoms.ATOM, targets, text);
        } else {
            properties.write(request.requestor(), request.property(), text, 8, new byte[64]);
        }
        byte[] event = XWords.bytes(
                31,
                request.time(),
                request.requestor(),
                request.selection(),
                request.target(),
                request.property(),
                0,
                0);
        Xcb.xcb_send_event(x.handle(), (byte) 0, request.requestor(), 0, event);
    }

    @Override
    public void close() throws ChannelException {
        try (x;
                guardsDisplay) {
            guard.close();
        }
    }

    /** What is rehearsed is told to nobody, and nobody gets it. */
    private static final class Nobody implements ClipboardGate {
        @Override
        public void copied(Capture capture) {}

        @Override
        public CompletionStage<Boolean> asked(Paste paste) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public void done(Paste paste, long bytes, String failure) {}
    }
}
