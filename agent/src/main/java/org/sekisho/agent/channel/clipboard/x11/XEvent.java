package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;

/** What the X server tells, decoded from its 32 bytes (X Window System Protocol, appendix B). Ids are unsigned 32 bits. */
sealed interface XEvent {

    /** XFixes: somebody claimed, cleared or lost a selection. {@code owner} is 0 for none; times are the server's. */
    record SelectionChanged(int selection, int owner, int selectionTime) implements XEvent {}

    /**
     * Somebody asks the owner of a selection for its content.
     *
     * @param forged sent by another client in the server's name; nothing vouches for its requestor
     */
    record ConvertRequested(int owner, int requestor, int selection, int target, int property, int time, boolean forged)
            implements XEvent {}

    /** An owner has answered; {@code property} is 0 where it refused. */
    record Converted(int requestor, int selection, int target, int property) implements XEvent {}

    /** A property was given a new value or deleted. */
    record PropertyChanged(int window, int property, boolean deleted) implements XEvent {}

    /** A window is gone. */
    record Destroyed(int window) implements XEvent {}

    /** A request without a reply failed; {@code resource} is what it was about. */
    record Failed(int code, int resource, int request) implements XEvent {}

    /** Nothing that this package asked for. */
    record Other(int type) implements XEvent {}

    /** Decodes an event; {@code xfixes} is the number of XFixes' first event. */
    static XEvent decode(Pointer event, int xfixes) {
        int raw = event.getByte(0) & 0xff;
        boolean sent = (raw & 0x80) != 0;
        int type = raw & 0x7f;
        if (type == xfixes) {
            return sent ? new Other(type) : new SelectionChanged(event.getInt(12), event.getInt(8), event.getInt(20));
        }
        return switch (type) {
            case 0 -> new Failed(event.getByte(1) & 0xff, event.getInt(4), event.getByte(10) & 0xff);
            case 17 -> sent ? new Other(type) : new Destroyed(event.getInt(8));
            case 28 ->
                sent ? new Other(type) : new PropertyChanged(event.getInt(4), event.getInt(8), event.getByte(16) == 1);
            case 30 ->
                new ConvertRequested(
                        event.getInt(8),
                        event.getInt(12),
                        event.getInt(16),
                        event.getInt(20),
                        event.getInt(24),
                        event.getInt(4),
                        sent);
            case 31 -> new Converted(event.getInt(8), event.getInt(12), event.getInt(16), event.getInt(20));
            default -> new Other(type);
        };
    }
}
