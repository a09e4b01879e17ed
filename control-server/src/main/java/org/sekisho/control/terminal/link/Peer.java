package org.sekisho.control.terminal.link;

import io.grpc.Context;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;

/**
 * Who is at the other end of a call: the terminal that its certificate proves, and that certificate's serial number.
 */
record Peer(KnownTerminal terminal, String serial) {
    /** Set for every call that reaches the service. */
    static final Context.Key<Peer> KEY = Context.key("sekisho-peer");

    String id() {
        return terminal.id();
    }
}
