package org.sekisho.agent.channel.clipboard;

import org.sekisho.agent.channel.ChannelException;
import org.sekisho.v1.ChannelState;

/**
 * The clipboard of one desktop session: the seam to the operating system, in the helper's process.
 *
 * <p>Contract: each content that any program offers is read, in every format on offer, and taken over; {@link
 * ClipboardGate#copied} is called after that. Each request by any program is held until {@link ClipboardGate#asked} has
 * answered; a request that is refused, or that is still open when the clipboard is closed, gets nothing. What the helper
 * itself does raises no call.
 */
public interface SessionClipboard extends AutoCloseable {

    /**
     * Takes the clipboard over and serves it on the calling thread until {@link #close}.
     *
     * @throws ChannelException if the session's clipboard can't be reached or was lost; the message names the display and
     *     the OS's error
     */
    void serve(ClipboardGate gate) throws ChannelException;

    /**
     * Does what a takeover needs often enough for the first copy of a person to be taken over as fast as any, on nothing that
     * is the person's. Returns when done, after about a second; another thread may serve meanwhile. Does nothing where it
     * would not help.
     */
    default void rehearse() {}

    /** How the clipboard stands, from what was read back (who owns it). Any thread. */
    ChannelState state();

    /** Empties the clipboard, and what is held of it. Any thread. */
    void clear();

    /** Ends {@link #serve}; what is held is wiped. Any thread; more than once is harmless. */
    @Override
    void close();
}
