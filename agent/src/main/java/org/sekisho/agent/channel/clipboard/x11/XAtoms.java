package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.Map;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/** Names of atoms, both ways, asked of the server once each. Used by the connection's thread. */
final class XAtoms {
    /** Predefined by the protocol. */
    static final int ATOM = 4;

    static final int INTEGER = 19;

    /** A display's programs use some hundred targets; a hostile one may invent more, which are then asked for again. */
    private static final int MOST_CACHED = 2_000;

    private final XConnection x;
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<Integer, String> byAtom = new HashMap<>();

    XAtoms(XConnection x) {
        this.x = x;
    }

    /** The atom called {@code name}; made if it isn't there. */
    int of(String name) throws ChannelException {
        Integer known = byName.get(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = name.getBytes(ISO_8859_1);
        Pointer reply = x.reply(Xcb.xcb_intern_atom(x.handle(), (byte) 0, (short) bytes.length, bytes));
        if (reply == null) {
            throw new ChannelException("Display " + x.display() + " refused to name the atom " + name);
        }
        try {
            int atom = reply.getInt(8);
            remember(name, atom);
            return atom;
        } finally {
            Libc.free(reply);
        }
    }

    /** The name of {@code atom}; empty if there is no such atom. */
    String nameOf(int atom) throws ChannelException {
        String known = byAtom.get(atom);
        if (known != null) {
            return known;
        }
        Pointer reply = x.reply(Xcb.xcb_get_atom_name(x.handle(), atom));
        if (reply == null) {
            return "";
        }
        try {
            String name = new String(reply.getByteArray(32, reply.getShort(8) & 0xffff), ISO_8859_1);
            remember(name, atom);
            return name;
        } finally {
            Libc.free(reply);
        }
    }

    private void remember(String name, int atom) {
        if (byName.size() >= MOST_CACHED) {
            byName.clear();
            byAtom.clear();
        }
        byName.put(name, atom);
        byAtom.put(atom, name);
    }
}
