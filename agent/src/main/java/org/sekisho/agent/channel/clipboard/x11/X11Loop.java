package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Selection;

/**
 * The thread that owns the connection to the display: takes events and hands them to whom they concern, and wakes for the
 * nearest deadline. Only {@link #readBack}, {@link #exposed}, {@link #recordingLost}, {@link #clear} and {@link #stop} may be called
 * by other threads.
 */
final class X11Loop implements AutoCloseable {
    private static final int XFIXES_QUERY_VERSION = 0;
    private static final int XFIXES_SELECT_SELECTION_INPUT = 2;
    /** A new owner, the owner's window destroyed, the owner's client gone. */
    private static final int ALL_CHANGES = 1 | 2 | 4;

    private static final int STRUCTURE_NOTIFY = 1 << 17;

    private final X11Session session;
    private final XConnection x;
    private final int window;
    private final HandOuts handOuts;
    private final List<SelectionKeeper> keepers = new ArrayList<>();
    /** At most one for each open request, what the helper itself asks, and pastes before a takeover. */
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

    private volatile boolean stopped;
    private boolean recorded;

    @FunctionalInterface
    private interface Task {
        void run() throws ChannelException;
    }

    /** @param selections to guard: what the server calls them, and what they are */
    X11Loop(X11Session session, ClipboardGate gate, Map<String, Selection> selections) throws ChannelException {
        this.session = session;
        this.x = session.x();
        this.window = x.createWindow(STRUCTURE_NOTIFY);
        this.handOuts = new HandOuts(session, gate, task -> post(task::run));
        Pointer version = x.xfixes().ask(XFIXES_QUERY_VERSION, 5, 0);
        if (version == null) {
            throw new ChannelException("Display " + x.display() + " doesn't speak XFIXES");
        }
        Libc.free(version);
        AtomicLong captures = new AtomicLong();
        for (Map.Entry<String, Selection> selection : selections.entrySet()) {
            keep(selection.getKey(), selection.getValue(), gate, captures);
        }
    }

    private void keep(String name, Selection kind, ClipboardGate gate, AtomicLong captures) throws ChannelException {
        int atom = session.atoms().of(name);
        x.xfixes().send(XFIXES_SELECT_SELECTION_INPUT, window, atom, ALL_CHANGES);
        keepers.add(new SelectionKeeper(session, window, atom, kind, gate, handOuts, captures::incrementAndGet));
    }

    /** Serves until {@link #stop}. */
    void run() throws ChannelException {
        for (SelectionKeeper keeper : keepers) {
            keeper.begin(System.nanoTime());
        }
        while (!stopped) {
            boolean worked = runTasks();
            // Before the answers that have come are looked at: after a standstill they are here, and count as in time.
            long now = System.nanoTime();
            for (XEvent event = x.next(); event != null && !stopped; event = x.next()) {
                handle(event, System.nanoTime());
                worked = true;
            }
            expire(now);
            x.flush();
            // What a reply or the flush has brought along is in the library's queue, and wakes nobody.
            if (!worked && !stopped && !x.peek().iterator().hasNext()) {
                long deadline = deadline();
                x.await(deadline == Long.MAX_VALUE ? -1 : Math.max(0, deadline - System.nanoTime()));
            }
        }
    }

    private boolean runTasks() throws ChannelException {
        boolean worked = false;
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            worked = true;
        }
        return worked;
    }

    private void handle(XEvent event, long now) throws ChannelException {
        switch (event) {
            case XEvent.SelectionChanged changed -> {
                for (SelectionKeeper keeper : keepers) {
                    if (keeper.atom() == changed.selection()) {
                        keeper.changed(changed, now);
                    }
                }
            }
            case XEvent.ConvertRequested requested -> requested(requested);
            case XEvent.Converted converted -> {
                for (SelectionKeeper keeper : keepers) {
                    keeper.converted(converted, now);
                }
            }
            case XEvent.PropertyChanged changed -> {
                for (SelectionKeeper keeper : keepers) {
                    keeper.propertyChanged(changed, now);
                }
                handOuts.propertyChanged(changed, now);
            }
            case XEvent.Destroyed destroyed -> destroyed(destroyed.window());
            case XEvent.Failed failed -> handOuts.gone(failed.resource());
            case XEvent.Other ignored -> {}
        }
    }

    private void requested(XEvent.ConvertRequested request) throws ChannelException {
        for (SelectionKeeper keeper : keepers) {
            if (keeper.atom() == request.selection()) {
                keeper.requested(request);
                return;
            }
        }
        handOuts.refuse(request);
    }

    private void destroyed(int gone) throws ChannelException {
        if (gone == window) {
            throw new ChannelException("Another program destroyed the window that guards the clipboard of display "
                    + x.display() + "; the helper has to be started anew");
        }
        handOuts.gone(gone);
        for (SelectionKeeper keeper : keepers) {
            keeper.destroyed(gone);
        }
    }

    private void expire(long now) throws ChannelException {
        handOuts.expire(now);
        for (SelectionKeeper keeper : keepers) {
            keeper.expire(now);
        }
    }

    private long deadline() {
        long nearest = handOuts.deadline();
        for (SelectionKeeper keeper : keepers) {
            nearest = Math.min(nearest, keeper.deadline());
        }
        return nearest;
    }

    private void post(Task task) {
        tasks.add(task);
        x.wake();
    }

    /** A program asked for what has not been taken over yet. Any thread. */
    void exposed(SelectionLog.Exposure exposure) {
        post(() -> {
            for (SelectionKeeper keeper : keepers) {
                if (keeper.atom() == exposure.selection()) {
                    keeper.exposed(exposure);
                }
            }
        });
    }

    /** Whether {@link #exposed} is called at all. Before {@link #run}. */
    void recorded(boolean yes) {
        recorded = yes;
    }

    /** Ends {@link #run} with an exception: a guard that has gone blind is started anew. Any thread. */
    void recordingLost(String why) {
        post(() -> {
            throw new ChannelException("Pastes before a takeover can't be seen any more: " + why);
        });
    }

    /** The selections that are guarded. */
    List<Integer> atoms() {
        return keepers.stream().map(SelectionKeeper::atom).toList();
    }

    /** Has {@code answer} completed with the state as the server tells it. Any thread. */
    void readBack(CompletableFuture<ChannelState> answer) {
        post(() -> answer.complete(new X11State(x, keepers, recorded).read()));
    }

    /** Empties all selections. Any thread. */
    void clear() {
        post(() -> {
            for (SelectionKeeper keeper : keepers) {
                keeper.clear();
            }
        });
    }

    /** Ends {@link #run}. Any thread. */
    void stop() {
        stopped = true;
        x.wake();
    }

    /** Gives the selections up, refuses what is open, also what has just arrived, and wipes what is held. */
    @Override
    public void close() throws ChannelException {
        for (SelectionKeeper keeper : keepers) {
            keeper.giveUp();
        }
        handOuts.close();
        for (XEvent event = x.next(); event != null; event = x.next()) {
            if (event instanceof XEvent.ConvertRequested requested) {
                handOuts.refuse(requested);
            }
        }
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        // A round trip: what a server has not read when the connection ends, it may drop.
        Takeover.owner(x, keepers.get(0).atom());
    }

    /** The state of a display with these keepers, for people; it stays the same for as long as all is well. */
    private record X11State(XConnection x, List<SelectionKeeper> keepers, boolean recorded) {
        ChannelState read() throws ChannelException {
            for (SelectionKeeper keeper : keepers) {
                if (!keeper.readBack()) {
                    return X11Clipboard.state(
                            ChannelMode.MODE_FAILED,
                            "display " + x.display() + ": the server says that " + keeper.kind()
                                    + " belongs to another program although it was taken over");
                }
            }
            if (XExtension.find(x, "XWAYLAND") != null) {
                return X11Clipboard.state(
                        ChannelMode.MODE_UNSUPPORTED,
                        "display " + x.display() + " is Xwayland: native Wayland programs pass by the guard");
            }
            return X11Clipboard.state(
                    ChannelMode.MODE_ENFORCED,
                    "display " + x.display()
                            + ": CLIPBOARD, PRIMARY and XdndSelection are watched by XFIXES, taken over, and read back; "
                            + early());
        }

        private String early() {
            if (!recorded) {
                return "UNSUPPORTED: pastes before a takeover can't be seen, the display has no RECORD";
            }
            return keepers.stream().anyMatch(SelectionKeeper::missedPastes)
                    ? "pastes before a takeover are recorded, but NOT all of them were: more came at once than are kept"
                    : "pastes before a takeover are recorded";
        }
    }
}
