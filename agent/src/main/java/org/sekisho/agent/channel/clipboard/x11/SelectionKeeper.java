package org.sekisho.agent.channel.clipboard.x11;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.os.linux.Xcb;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one selection: reads what others put on it, takes it over, and has requests for it answered once it is read whole.
 * A newer change always wins over what is under way. Used by the connection's thread.
 */
final class SelectionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SelectionKeeper.class);

    private final X11Session session;
    private final int window;
    private final int atom;
    private final Selection kind;
    private final ClipboardGate gate;
    private final HandOuts handOuts;
    private final LongSupplier captureIds;
    /** Requests that came while the content was still being read. */
    private final Queue<XEvent.ConvertRequested> waiting = new ArrayDeque<>();

    private final EarlyPastes earlyPastes;

    private @Nullable SelectionReading reading;
    private @Nullable Offer offer;
    private Process source = Process.getDefaultInstance();
    private Set<Integer> clients = Set.of();
    private Duration exposed = Duration.ZERO;
    private boolean owned;
    private int ownedSince;
    private long noticed;

    SelectionKeeper(
            X11Session session,
            int window,
            int atom,
            Selection kind,
            ClipboardGate gate,
            HandOuts handOuts,
            LongSupplier captureIds) {
        this.session = session;
        this.window = window;
        this.atom = atom;
        this.kind = kind;
        this.gate = gate;
        this.handOuts = handOuts;
        this.captureIds = captureIds;
        this.earlyPastes = new EarlyPastes(gate, session.clients()::describe, this::unread);
    }

    int atom() {
        return atom;
    }

    Selection kind() {
        return kind;
    }

    /** When something is overdue; {@link Long#MAX_VALUE} if nothing can be. */
    long deadline() {
        return reading == null ? Long.MAX_VALUE : reading.deadline();
    }

    /** Takes over what is on the selection already. */
    void begin(long now) throws ChannelException {
        int owner = Takeover.owner(session.x(), atom);
        if (owner != 0 && owner != window) {
            read(owner, 0, now);
        }
    }

    void changed(XEvent.SelectionChanged event, long now) throws ChannelException {
        if (event.owner() == window) {
            ownedSince = event.selectionTime();
            return;
        }
        letGo();
        if (event.owner() != 0) {
            read(event.owner(), event.selectionTime(), now);
            earlyPastes.claimed(event.owner(), event.selectionTime(), source);
        }
    }

    private void read(int owner, int time, long now) throws ChannelException {
        noticed = now;
        reading = new SelectionReading(session, atom, owner, time, now);
        XClients.Asked asked = session.clients().ask(owner);
        int everyone = session.clients().askAll();
        clients = session.clients().pids(everyone);
        source = asked.describe();
    }

    /** A program asked another than the guard for content. */
    void exposed(SelectionLog.Exposure exposure) throws ChannelException {
        String name = session.atoms().nameOf(exposure.target());
        if (X11Targets.ABOUT_THE_SELECTION.contains(name) && !name.equals("MULTIPLE")) {
            return;
        }
        earlyPastes.pasted(exposure, name);
    }

    /** Whether pastes before a takeover were passed over: more came than are kept. */
    boolean missedPastes() {
        return earlyPastes.missed();
    }

    private Capture unread(Process from) {
        return new Capture(captureIds.getAsLong(), kind, from, List.of(), Duration.ZERO, false);
    }

    void converted(XEvent.Converted event, long now) throws ChannelException {
        SelectionReading current = reading;
        if (current != null && current.window() == event.requestor()) {
            current.converted(event, now);
            advance(current);
        }
    }

    void propertyChanged(XEvent.PropertyChanged event, long now) throws ChannelException {
        SelectionReading current = reading;
        if (current != null && current.window() == event.window()) {
            current.changed(event, now);
            advance(current);
        }
    }

    void destroyed(int gone) throws ChannelException {
        SelectionReading current = reading;
        if (current != null && current.owner() == gone) {
            current.ownerGone();
            advance(current);
        }
    }

    void expire(long now) throws ChannelException {
        SelectionReading current = reading;
        if (current != null && current.deadline() <= now) {
            current.expire(now);
            advance(current);
        }
    }

    private void advance(SelectionReading current) throws ChannelException {
        if (!owned && current.answered()) {
            owned = Takeover.attempt(session.x(), window, atom, current.owner(), current.time(), this::identify);
            if (owned) {
                current.take();
            }
        }
        if (owned && current.ended()) {
            finish(current);
        }
    }

    /** The source may end as soon as it is relieved; the display stands still until it has been looked at. */
    private void identify() {
        exposed = Duration.ofNanos(System.nanoTime() - noticed);
        if (source.getPid() == 0) {
            return;
        }
        try {
            gate.identify(source.getPid(), clients)
                    .toCompletableFuture()
                    .get(session.limits().identifyWait().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Process {} may end before it was looked at: {}", source.getPid(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(SelectionReading current) throws ChannelException {
        List<OfferedFormat> formats = current.offered();
        Capture capture = new Capture(
                captureIds.getAsLong(),
                kind,
                source,
                formats.stream().map(OfferedFormat::content).toList(),
                exposed,
                current.complete());
        Offer read = new Offer(capture, formats);
        current.close(true);
        reading = null;
        offer = read;
        gate.copied(capture);
        earlyPastes.read(capture);
        for (XEvent.ConvertRequested request : List.copyOf(waiting)) {
            handOuts.requested(request, read, ownedSince);
        }
        waiting.clear();
    }

    void requested(XEvent.ConvertRequested request) throws ChannelException {
        Offer current = offer;
        if (current != null) {
            handOuts.requested(request, current, ownedSince);
        } else if (reading != null && waiting.size() < X11Limits.REQUESTS) {
            waiting.add(request);
        } else {
            handOuts.refuse(request);
        }
    }

    /** Drops what is held or being read; what is being handed out goes on. */
    void letGo() throws ChannelException {
        owned = false;
        if (reading != null) {
            earlyPastes.givenUp();
            reading.close(false);
            reading = null;
        }
        if (offer != null) {
            offer.release();
            offer = null;
        }
        List<XEvent.ConvertRequested> refused = new ArrayList<>(waiting);
        waiting.clear();
        for (XEvent.ConvertRequested request : refused) {
            handOuts.refuse(request);
        }
    }

    /** Lets go, and gives the selection up if it is owned; the server has heard of it when this returns. */
    void giveUp() throws ChannelException {
        boolean mine = owned;
        letGo();
        earlyPastes.close();
        if (mine) {
            Xcb.xcb_set_selection_owner(session.x().handle(), 0, atom, ownedSince);
            Takeover.owner(session.x(), atom);
        }
    }

    /** Empties the selection, whoever owns it. */
    void clear() throws ChannelException {
        letGo();
        Xcb.xcb_set_selection_owner(session.x().handle(), 0, atom, 0);
    }

    /** False if this believes to own the selection and the server says otherwise, with no news of it under way. */
    boolean readBack() throws ChannelException {
        if (!owned || Takeover.owner(session.x(), atom) == window) {
            return true;
        }
        for (XEvent event : session.x().peek()) {
            if (event instanceof XEvent.SelectionChanged changed && changed.selection() == atom) {
                return true;
            }
        }
        return false;
    }
}
