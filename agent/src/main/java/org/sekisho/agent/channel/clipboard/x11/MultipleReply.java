package org.sekisho.agent.channel.clipboard.x11;

/**
 * Answers a request for several targets at once (ICCCM 2.6.2): when each has been begun or refused, the list is written back
 * with the refused ones struck out. Used by the connection's thread.
 */
final class MultipleReply {
    /** 64 pairs of atoms; toolkits ask for two or three. */
    static final int MOST_BYTES = 64 * 2 * Integer.BYTES;

    private final X11Session session;
    private final AnswersWithoutContent plain;
    private final XEvent.ConvertRequested request;
    private final int property;
    private final int type;
    private final int[] pairs;
    private int missing;

    MultipleReply(
            X11Session session,
            AnswersWithoutContent plain,
            XEvent.ConvertRequested request,
            int property,
            int type,
            int[] pairs) {
        this.session = session;
        this.plain = plain;
        this.request = request;
        this.property = property;
        this.type = type;
        this.pairs = pairs.clone();
        this.missing = pairs.length / 2 + 1;
    }

    /** The pair that begins at {@code index} has been begun or refused. */
    void tell(int index, boolean begun) {
        if (!begun) {
            pairs[index + 1] = 0;
        }
        countDown();
    }

    /** Every pair has been asked for. */
    void allAsked() {
        countDown();
    }

    private void countDown() {
        if (--missing == 0) {
            session.properties().write(request.requestor(), property, type, pairs);
            plain.notify(request, property);
        }
    }
}
