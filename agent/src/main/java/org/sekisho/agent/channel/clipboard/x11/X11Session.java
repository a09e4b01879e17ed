package org.sekisho.agent.channel.clipboard.x11;

import java.util.function.LongSupplier;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;

/** What everything that works on one display shares. Used by the connection's thread. */
record X11Session(
        XConnection x,
        XAtoms atoms,
        XProperties properties,
        XClients clients,
        XWatches watches,
        int incr,
        ContentVault vault,
        LongSupplier maxBytes,
        X11Limits limits) {

    static X11Session on(XConnection x, ContentVault vault, LongSupplier maxBytes, X11Limits limits)
            throws ChannelException {
        XAtoms atoms = new XAtoms(x);
        XProperties properties = new XProperties(x);
        return new X11Session(
                x,
                atoms,
                properties,
                new XClients(x, atoms, properties),
                new XWatches(x),
                atoms.of("INCR"),
                vault,
                maxBytes,
                limits);
    }

    ContentVault.Room newRoom() {
        return vault.room(maxBytes.getAsLong());
    }
}
