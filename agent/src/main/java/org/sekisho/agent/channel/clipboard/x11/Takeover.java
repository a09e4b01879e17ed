package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/**
 * Claims a selection, if and only if it still belongs to the program that it was read from. The server is grabbed for as long
 * as this takes, so that no newer copy can be lost; the claim bears the time of the claim that it
 * replaces, so that it never outdates one that a user has already made elsewhere. Used by the connection's thread.
 */
final class Takeover {
    private Takeover() {}

    /**
     * Tries it.
     *
     * @param relieving is run when nobody can read the content any more and its program doesn't know that yet; all other
     *     programs of the display stand still meanwhile
     * @return true if {@code window} owns the selection now, as read back
     */
    static boolean attempt(XConnection x, int window, int selection, int from, int time, Runnable relieving)
            throws ChannelException {
        Xcb.xcb_grab_server(x.handle());
        boolean unchanged = owner(x, selection) == from && !changedMeanwhile(x, selection);
        if (unchanged) {
            relieving.run();
            Xcb.xcb_set_selection_owner(x.handle(), window, selection, time);
        }
        int now = Xcb.xcb_get_selection_owner(x.handle(), selection);
        Xcb.xcb_ungrab_server(x.handle());
        return answer(x, selection, now) == window && unchanged;
    }

    static int owner(XConnection x, int selection) throws ChannelException {
        return answer(x, selection, Xcb.xcb_get_selection_owner(x.handle(), selection));
    }

    private static int answer(XConnection x, int selection, int asked) throws ChannelException {
        Pointer reply = x.reply(asked);
        if (reply == null) {
            throw new ChannelException("Display " + x.display() + " doesn't say who owns selection " + selection);
        }
        try {
            return reply.getInt(8);
        } finally {
            Libc.free(reply);
        }
    }

    private static boolean changedMeanwhile(XConnection x, int selection) throws ChannelException {
        for (XEvent event : x.peek()) {
            if (event instanceof XEvent.SelectionChanged changed && changed.selection() == selection) {
                return true;
            }
        }
        return false;
    }
}
