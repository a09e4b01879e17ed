package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/**
 * Claims a selection, if and only if it still belongs to the program that it was read from. The server is grabbed for the
 * three round trips that this takes, so that no newer copy can be lost; the claim bears the time of the claim that it
 * replaces, so that it never outdates one that a user has already made elsewhere. Used by the connection's thread.
 */
final class Takeover {
    private Takeover() {}

    /** True if {@code window} owns the selection now, as read back. */
    static boolean attempt(XConnection x, int window, int selection, int from, int time) throws ChannelException {
        Xcb.xcb_grab_server(x.handle());
        try {
            if (owner(x, selection) != from || changedMeanwhile(x, selection)) {
                return false;
            }
            Xcb.xcb_set_selection_owner(x.handle(), window, selection, time);
            return owner(x, selection) == window;
        } finally {
            Xcb.xcb_ungrab_server(x.handle());
            x.flush();
        }
    }

    static int owner(XConnection x, int selection) throws ChannelException {
        Pointer reply = x.reply(Xcb.xcb_get_selection_owner(x.handle(), selection));
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
