package org.sekisho.agent.uplink;

import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalMessage;

/** Opens the stream to the control server. The seam to the network. */
public interface TerminalTransport {

    /**
     * Opens a stream as {@code identity}. Returns at once; that it failed is told by {@link Listener#closed}.
     *
     * @param listener called on any thread, one call at a time
     */
    Line open(Identity identity, Listener listener);

    /** One stream. Its methods may be called on any thread, by one at a time. */
    interface Line {

        /** Whether what is sent now goes out without piling up in memory. */
        boolean ready();

        /** Sends a message. After the stream has ended it is dropped. */
        void send(TerminalMessage message);

        /** Lets one more message come in. The first is let in by opening. */
        void more();

        /** Ends the stream, after what was sent, and frees the connection. */
        void close();
    }

    /** What comes from a stream. */
    interface Listener {

        void received(ServerMessage message);

        /** The line has become {@link Line#ready}. */
        void ready();

        /** The stream is over; nothing more is called. Not called after {@link Line#close}. */
        void closed(LineEnd end);
    }

    /**
     * Why a stream is over.
     *
     * @param kind what sort of end
     * @param detail for people: what was tried, and the error
     */
    record LineEnd(Kind kind, String detail) {
        /** Sorts of ends. */
        public enum Kind {
            /** The server is not reached, or has fallen silent. */
            UNREACHABLE,
            /** The server does not accept this terminal: revoked, expired, unknown. */
            REFUSED,
            /** The other end is not the server: its certificate does not lead to our CA. */
            NOT_TRUSTED,
            /** The server ended the stream. */
            ENDED
        }
    }
}
