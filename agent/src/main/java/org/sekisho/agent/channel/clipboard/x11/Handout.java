package org.sekisho.agent.channel.clipboard.x11;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.Paste;

/**
 * One request for content, from the question to the last byte. Content of up to a piece goes out at once, more in increments
 * that the requestor paces by deleting the property (ICCCM 2.7.2). Used by the connection's thread.
 */
final class Handout {
    private final X11Session session;
    private final Paste paste;
    private final Offer offer;
    private final OfferedFormat format;
    private final int requestor;
    private final int property;
    private final Reply reply;
    private final long endBy;
    private final int pieceBytes;
    private @Nullable InputStream content;
    private boolean answered;
    private long deadline;
    private long sent;

    /** Where the requestor waits to be told whether the transfer has begun. */
    @FunctionalInterface
    interface Reply {
        void tell(boolean begun);
    }

    Handout(
            X11Session session,
            Paste paste,
            Offer offer,
            OfferedFormat format,
            int requestor,
            int property,
            Reply reply,
            long now) {
        this.session = session;
        this.paste = paste;
        this.offer = offer;
        this.format = format;
        this.requestor = requestor;
        this.property = property;
        this.reply = reply;
        this.deadline = now + session.limits().askWait().toNanos();
        this.endBy = deadline + session.limits().transferWait().toNanos();
        this.pieceBytes = Math.min(XProperties.PIECE_BYTES, session.x().maxRequestBytes() - 64) & ~3;
        offer.retain();
        session.watches().add(requestor);
    }

    Paste paste() {
        return paste;
    }

    int requestor() {
        return requestor;
    }

    int property() {
        return property;
    }

    long sent() {
        return sent;
    }

    long deadline() {
        return Math.min(deadline, endBy);
    }

    /** Still waiting for the gate. */
    boolean open() {
        return !answered;
    }

    /**
     * Begins to hand out.
     *
     * @return true if that was all
     */
    boolean begin(long now) throws IOException {
        answered = true;
        InputStream stream = format.content().open();
        content = stream;
        deadline = now + session.limits().stepWait().toNanos();
        boolean whole = format.content().size() <= pieceBytes;
        if (whole) {
            byte[] bytes = stream.readNBytes(pieceBytes);
            session.properties().write(requestor, property, format.type(), format.format(), bytes);
            sent = bytes.length;
        } else {
            int atLeast = (int) Math.min(Integer.MAX_VALUE, format.content().size());
            session.properties().write(requestor, property, session.incr(), atLeast);
        }
        reply.tell(true);
        return whole;
    }

    void refuse() {
        answered = true;
        reply.tell(false);
    }

    /**
     * The requestor has taken the last increment: sends the next.
     *
     * @return true if it was the empty one, which ends the transfer
     */
    boolean more(long now) throws IOException {
        InputStream stream = content;
        if (stream == null) {
            return false;
        }
        byte[] bytes = stream.readNBytes(pieceBytes);
        session.properties().write(requestor, property, format.type(), format.format(), bytes);
        sent += bytes.length;
        deadline = now + session.limits().stepWait().toNanos();
        return bytes.length == 0;
    }

    void close() {
        session.watches().remove(requestor);
        offer.release();
    }
}
