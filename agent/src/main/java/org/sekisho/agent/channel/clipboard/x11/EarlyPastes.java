package org.sekisho.agent.channel.clipboard.x11;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.v1.Process;

/**
 * Tells the gate of pastes that came before a takeover, each with the content that it was of. Who claims (XFIXES) and who
 * asks (RECORD) is told on two connections, and either may be behind the other; a program that copies again under the same
 * window is told apart by the server's clock. A requestor is told of once for each content, however often it asks, so that it
 * doesn't keep the guard from taking over. Used by the connection's thread.
 */
final class EarlyPastes {
    /** Claims that are remembered for pastes that are told of late. */
    static final int CONTENTS = 8;

    /** Pastes that wait for the news of the claim that they were of. */
    static final int AHEAD = 64;

    private final ClipboardGate gate;
    private final Describer describer;
    private final Function<Process, Capture> unread;
    private final Deque<Content> contents = new ArrayDeque<>();
    private final Map<Key, Paste> ahead = new LinkedHashMap<>();
    /** Of contents that are not remembered. */
    private final Set<Key> told = new HashSet<>();

    private @Nullable Content forgotten;
    private boolean missed;

    /** Says which program a window belongs to. */
    @FunctionalInterface
    interface Describer {
        Process describe(int window) throws ChannelException;
    }

    private record Key(int owner, int since, int requestor) {}

    private record Paste(Process destination, String format) {}

    /** What one claim put on the selection. */
    private final class Content {
        private final int owner;
        private final int time;
        private final Process source;
        private final Set<Integer> requestors = new HashSet<>();
        private final List<Paste> waiting = new ArrayList<>();
        private boolean beingRead = true;
        private @Nullable Capture capture;

        private Content(int owner, int time, Process source) {
            this.owner = owner;
            this.time = time;
            this.source = source;
        }

        /** The first paste by this requestor, and one that is still told of. */
        private boolean isNews(int requestor) {
            if (requestors.size() < X11Limits.EARLY) {
                return requestors.add(requestor);
            }
            missed |= !requestors.contains(requestor);
            return false;
        }

        private void pasted(Paste paste) {
            if (beingRead) {
                waiting.add(paste);
            } else {
                tell(paste);
            }
        }

        private void tell(Paste paste) {
            Capture of = capture;
            if (of == null) {
                of = lost(source);
                capture = of;
            }
            gate.exposed(of, paste.destination(), paste.format());
        }

        private void ended(@Nullable Capture read) {
            beingRead = false;
            capture = read;
            waiting.forEach(this::tell);
            waiting.clear();
        }
    }

    /** {@code unread} makes the capture of a content of that source that can't be read any more. */
    EarlyPastes(ClipboardGate gate, Describer describer, Function<Process, Capture> unread) {
        this.gate = gate;
        this.describer = describer;
        this.unread = unread;
    }

    private Capture lost(Process source) {
        Capture capture = unread.apply(source);
        gate.copied(capture);
        return capture;
    }

    /** {@code owner} put a content on the selection at {@code time}, by the server's clock, and it is being read. */
    void claimed(int owner, int time, Process source) throws ChannelException {
        if (contents.size() == CONTENTS) {
            forgotten = contents.removeFirst();
        }
        contents.addLast(new Content(owner, time, source));
        Map<Key, Paste> again = new LinkedHashMap<>(ahead);
        ahead.clear();
        for (Map.Entry<Key, Paste> paste : again.entrySet()) {
            Content content = of(paste.getKey());
            if (content != null) {
                if (content.isNews(paste.getKey().requestor())) {
                    content.pasted(paste.getValue());
                }
            } else if (isPast(paste.getKey())) {
                tellUnread(paste.getKey(), paste.getValue());
            } else {
                ahead.put(paste.getKey(), paste.getValue());
            }
        }
    }

    /** The content of the newest claim was read whole, and the gate was told of it. */
    void read(Capture capture) {
        ended(capture);
    }

    /** The content of the newest claim is not read any further. */
    void givenUp() {
        ended(null);
    }

    private void ended(@Nullable Capture read) {
        Content newest = contents.peekLast();
        if (newest != null && newest.beingRead) {
            newest.ended(read);
        }
    }

    /** A program pasted; a content that was replaced, or is not known any more, counts as one that was not read. */
    void pasted(SelectionLog.Exposure exposure, String format) throws ChannelException {
        Key key = new Key(exposure.owner(), exposure.since(), exposure.requestor());
        Content content = of(key);
        if (content != null) {
            if (content.isNews(key.requestor())) {
                content.pasted(describe(key, format));
            }
        } else if (isPast(key)) {
            if (!told.contains(key)) {
                tellUnread(key, describe(key, format));
            }
        } else if (ahead.size() < AHEAD) {
            if (!ahead.containsKey(key)) {
                ahead.put(key, describe(key, format));
            }
        } else {
            missed |= !ahead.containsKey(key);
        }
    }

    /** Whether a program pasted that the gate was not told of: more did, of one content or at once, than are kept. */
    boolean missed() {
        return missed;
    }

    private Paste describe(Key key, String format) throws ChannelException {
        return new Paste(describer.describe(key.requestor()), format);
    }

    private void tellUnread(Key key, Paste paste) throws ChannelException {
        if (told.size() == AHEAD) {
            told.clear();
        }
        told.add(key);
        gate.exposed(lost(describer.describe(key.owner())), paste.destination(), paste.format());
    }

    /** The owner's first claim that is not older: a claim is recorded at most a moment before it is carried out. */
    private @Nullable Content of(Key key) {
        Content old = forgotten;
        if (old != null && old.owner == key.owner() && old.time - key.since() >= 0) {
            return null;
        }
        for (Content content : contents) {
            if (content.owner == key.owner() && content.time - key.since() >= 0) {
                return content;
            }
        }
        return null;
    }

    /** No news of a claim of that time can come any more. */
    private boolean isPast(Key key) {
        Content newest = contents.peekLast();
        return newest != null && newest.time - key.since() > 0;
    }

    /** Tells of everything that still waits. */
    void close() throws ChannelException {
        givenUp();
        for (Map.Entry<Key, Paste> paste : ahead.entrySet()) {
            tellUnread(paste.getKey(), paste.getValue());
        }
        ahead.clear();
    }
}
