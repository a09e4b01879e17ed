package org.sekisho.agent.channel.clipboard.x11;

import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Xcb;

/** The answers that an owner owes everybody and that reveal no content (ICCCM 2.6.2). Used by the connection's thread. */
final class AnswersWithoutContent {
    private static final int SELECTION_NOTIFY = 31;

    private final X11Session session;
    private final int targets;
    private final int timestamp;
    private final int multiple;
    private final int saveTargets;
    private final int none;

    AnswersWithoutContent(X11Session session) throws ChannelException {
        this.session = session;
        this.targets = session.atoms().of("TARGETS");
        this.timestamp = session.atoms().of("TIMESTAMP");
        this.multiple = session.atoms().of("MULTIPLE");
        this.saveTargets = session.atoms().of("SAVE_TARGETS");
        this.none = session.atoms().of("NULL");
    }

    int multiple() {
        return multiple;
    }

    /** Writes the answer where {@code target} is one that needs no content; false if it isn't. */
    boolean answer(int requestor, int target, int property, Offer offer, int since) {
        if (target == targets) {
            int[] atoms = new int[offer.formats().size() + 3];
            atoms[0] = targets;
            atoms[1] = multiple;
            atoms[2] = timestamp;
            for (int i = 3; i < atoms.length; i++) {
                atoms[i] = offer.formats().get(i - 3).target();
            }
            session.properties().write(requestor, property, XAtoms.ATOM, atoms);
        } else if (target == timestamp) {
            session.properties().write(requestor, property, XAtoms.INTEGER, since);
        } else if (target == saveTargets) {
            session.properties().write(requestor, property, none, 32, new byte[0]);
        } else {
            return false;
        }
        return true;
    }

    /** Tells a requestor that its answer lies in {@code property}; 0 says that there is none. */
    void notify(XEvent.ConvertRequested request, int property) {
        byte[] event = XWords.bytes(
                SELECTION_NOTIFY,
                request.time(),
                request.requestor(),
                request.selection(),
                request.target(),
                property,
                0,
                0);
        event[0] = SELECTION_NOTIFY;
        Xcb.xcb_send_event(session.x().handle(), (byte) 0, request.requestor(), 0, event);
    }
}
