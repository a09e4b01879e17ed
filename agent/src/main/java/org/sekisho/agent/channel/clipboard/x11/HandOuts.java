package org.sekisho.agent.channel.clipboard.x11;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.Paste;
import org.sekisho.v1.Process;

/**
 * Answers programs that ask for a selection. TARGETS, TIMESTAMP and MULTIPLE tell nothing of the content and are answered at
 * once; each content is first asked for at the gate. Used by the connection's thread.
 */
final class HandOuts {
    private final X11Session session;
    private final ClipboardGate gate;
    private final Executor ownThread;
    private final AnswersWithoutContent plain;
    private final Map<Long, Handout> open = new LinkedHashMap<>();
    private long lastId;

    /** {@code ownThread} runs what it is given on the connection's thread; it may be called by any. */
    HandOuts(X11Session session, ClipboardGate gate, Executor ownThread) throws ChannelException {
        this.session = session;
        this.gate = gate;
        this.ownThread = ownThread;
        this.plain = new AnswersWithoutContent(session);
    }

    long deadline() {
        return open.values().stream().mapToLong(Handout::deadline).min().orElse(Long.MAX_VALUE);
    }

    /** A program asks for {@code offer}, which is owned since {@code since} by the server's clock. */
    void requested(XEvent.ConvertRequested request, Offer offer, int since) throws ChannelException {
        if (!trustworthy(request)) {
            refuse(request);
            return;
        }
        int property = request.property() == 0 ? request.target() : request.property();
        if (request.target() == plain.multiple()) {
            multiple(request, property, offer, since);
        } else {
            one(
                    request,
                    request.target(),
                    property,
                    offer,
                    since,
                    begun -> plain.notify(request, begun ? property : 0));
        }
    }

    /** Tells the requestor that it gets nothing. */
    void refuse(XEvent.ConvertRequested request) {
        if (!request.forged()) {
            plain.notify(request, 0);
        }
    }

    /** Not made by a client in the server's name, nor in ours: who would get the content is then not who is named. */
    private boolean trustworthy(XEvent.ConvertRequested request) {
        return !request.forged() && !session.x().ownWindow(request.requestor());
    }

    private void one(
            XEvent.ConvertRequested request, int target, int property, Offer offer, int since, Handout.Reply reply)
            throws ChannelException {
        if (plain.answer(request.requestor(), target, property, offer, since)) {
            reply.tell(true);
            return;
        }
        OfferedFormat format = offer.format(target).orElse(null);
        if (format == null || crowded(request.requestor())) {
            reply.tell(false);
            return;
        }
        end(handout -> handout.requestor() == request.requestor() && handout.property() == property, "asked anew");
        Process destination = session.clients().describe(request.requestor());
        Paste paste = new Paste(
                ++lastId, offer.capture(), destination, format.content().target());
        Handout handout =
                new Handout(session, paste, offer, format, request.requestor(), property, reply, System.nanoTime());
        open.put(paste.id(), handout);
        gate.asked(paste)
                .whenComplete((allowed, failure) ->
                        ownThread.execute(() -> answered(paste.id(), failure == null && Boolean.TRUE.equals(allowed))));
    }

    private void multiple(XEvent.ConvertRequested request, int property, Offer offer, int since)
            throws ChannelException {
        XProperties.Piece piece =
                session.properties().readStart(request.requestor(), property, MultipleReply.MOST_BYTES);
        if (piece == null || piece.format() != 32 || piece.left() > 0 || request.property() == 0) {
            refuse(request);
            return;
        }
        int[] pairs = XWords.words(piece.value());
        MultipleReply replies = new MultipleReply(session, plain, request, property, piece.type(), pairs);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            int pair = i;
            if (pairs[i] == plain.multiple() || pairs[i + 1] == 0) {
                replies.tell(pair, false);
            } else {
                one(request, pairs[i], pairs[i + 1], offer, since, begun -> replies.tell(pair, begun));
            }
        }
        replies.allAsked();
    }

    private boolean crowded(int requestor) {
        return open.size() >= X11Limits.REQUESTS
                || open.values().stream()
                                .filter(handout -> session.x().sameClient(handout.requestor(), requestor))
                                .count()
                        >= X11Limits.REQUESTS_OF_ONE;
    }

    private void answered(long id, boolean allowed) {
        Handout handout = open.get(id);
        if (handout == null || !handout.open()) {
            return;
        }
        if (!allowed) {
            handout.refuse();
            finish(handout, "");
            return;
        }
        try {
            if (handout.begin(System.nanoTime())) {
                finish(handout, "");
            }
        } catch (IOException e) {
            handout.refuse();
            finish(handout, String.valueOf(e.getMessage()));
        }
    }

    void propertyChanged(XEvent.PropertyChanged event, long now) {
        if (!event.deleted()) {
            return;
        }
        for (Handout handout : List.copyOf(open.values())) {
            if (handout.requestor() == event.window() && handout.property() == event.property()) {
                try {
                    if (handout.more(now)) {
                        finish(handout, "");
                    }
                } catch (IOException e) {
                    finish(handout, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** A window is gone, or a request about it failed. */
    void gone(int window) {
        end(handout -> handout.requestor() == window, "the program that asked is gone");
    }

    void expire(long now) {
        end(handout -> handout.deadline() <= now, "no progress in time");
    }

    /** Refuses what is still open. */
    void close() {
        end(handout -> true, "the clipboard was closed");
    }

    private void end(Predicate<Handout> which, String why) {
        for (Handout handout : new ArrayList<>(open.values())) {
            if (which.test(handout)) {
                if (handout.open()) {
                    handout.refuse();
                }
                finish(handout, why);
            }
        }
    }

    private void finish(Handout handout, String failure) {
        open.remove(handout.paste().id());
        handout.close();
        gate.done(handout.paste(), handout.sent(), failure);
    }
}
