package org.sekisho.agent.channel.clipboard.x11;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentSink;
import org.sekisho.agent.channel.clipboard.HeldContent;

/**
 * One format of a content on its way in: asked for, delivered into a property, perhaps in increments (ICCCM 2.7.2), then read
 * or not. The property is named like the target, on a window that serves one reading only. Used by the connection's thread.
 */
final class FormatReading {
    enum State {
        ASKED,
        /** The server has it, or its beginning: it can be read whatever becomes of its owner. */
        DELIVERED,
        INCREMENTAL,
        READ,
        /** The owner offers it and doesn't deliver it. Nobody gets it, so there is nothing to inspect. */
        REFUSED,
        /** Over the limit, or the owner or the disk failed underway. */
        LOST
    }

    private final XProperties properties;
    private final int window;
    private final int target;
    private final int incr;
    private final ContentSink sink;
    private State state = State.ASKED;
    private int type;
    private int format;
    private @Nullable HeldContent content;

    FormatReading(XProperties properties, int window, int target, int incr, ContentSink sink) {
        this.properties = properties;
        this.window = window;
        this.target = target;
        this.incr = incr;
        this.sink = sink;
    }

    int target() {
        return target;
    }

    State state() {
        return state;
    }

    boolean ended() {
        return state == State.READ || state == State.REFUSED || state == State.LOST;
    }

    /** The owner's first answer; {@code property} is 0 if it refuses. */
    void answered(int property) {
        if (state != State.ASKED) {
            return;
        }
        if (property == 0) {
            end(State.REFUSED);
        } else {
            state = State.DELIVERED;
        }
    }

    /** Reads what was delivered, or where that comes in increments, has the first one sent. */
    void take() throws ChannelException {
        if (state != State.DELIVERED) {
            return;
        }
        XProperties.Piece first = properties.read(window, target, 0);
        if (first == null || first.type() == 0) {
            end(State.REFUSED);
        } else if (first.type() == incr) {
            state = State.INCREMENTAL;
            properties.delete(window, target);
        } else {
            type = first.type();
            format = first.format();
            if (takeAll(first)) {
                finish();
            }
            properties.delete(window, target);
        }
    }

    /** The property has a new value: the next increment. One of no bytes is the last. */
    void more() throws ChannelException {
        if (state != State.INCREMENTAL) {
            return;
        }
        XProperties.Piece first = properties.read(window, target, 0);
        if (first == null || first.type() == 0) {
            return;
        }
        if (first.value().length == 0) {
            if (type == 0) {
                type = first.type();
                format = first.format();
            }
            finish();
        } else {
            type = first.type();
            format = first.format();
            takeAll(first);
        }
        properties.delete(window, target);
    }

    private boolean takeAll(XProperties.Piece first) throws ChannelException {
        try {
            long offset = 0;
            XProperties.@Nullable Piece piece = first;
            while (piece != null && piece.value().length > 0) {
                if (!sink.write(piece.value())) {
                    end(State.LOST);
                    return false;
                }
                offset += piece.value().length;
                piece = piece.left() == 0 ? null : properties.read(window, target, offset);
            }
            return true;
        } catch (IOException e) {
            end(State.LOST);
            return false;
        }
    }

    private void finish() {
        try {
            content = sink.finish();
            state = State.READ;
        } catch (IOException e) {
            end(State.LOST);
        }
    }

    /** Gives up on it. */
    void lose() {
        if (!ended()) {
            end(State.LOST);
        }
    }

    private void end(State last) {
        state = last;
        sink.close();
    }

    /** What was read; null unless {@link State#READ}. */
    @Nullable
    OfferedFormat offered() {
        HeldContent held = content;
        return held == null ? null : new OfferedFormat(target, type, format == 0 ? 8 : format, held);
    }

    /** Wipes what was read, where nobody has taken it over. */
    void discard() {
        lose();
        if (content != null) {
            content.close();
        }
    }
}
