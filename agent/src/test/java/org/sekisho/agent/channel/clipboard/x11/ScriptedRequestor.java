package org.sekisho.agent.channel.clipboard.x11;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Xcb;

/** An X client of the tests' own that asks for a selection, well or badly behaved. For one thread. */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class ScriptedRequestor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What it was given: the property's type by name, bits of an item, bytes. */
    record Received(String type, int format, byte[] value, boolean incremental) {}

    private final XConnection x;
    private final XAtoms atoms;
    private final XProperties properties;
    private final int window;

    ScriptedRequestor(String display) throws ChannelException {
        x = XConnection.open(display);
        atoms = new XAtoms(x);
        properties = new XProperties(x);
        window = x.createWindow(1 << 22);
        // A round trip: whoever is told of the window finds it there.
        atoms.of("ANSWER");
    }

    XConnection connection() {
        return x;
    }

    int window() {
        return window;
    }

    int atom(String name) throws ChannelException {
        return atoms.of(name);
    }

    int ownerOf(String selection) throws ChannelException {
        return Takeover.owner(x, atoms.of(selection));
    }

    /** Asks and waits for all of it. */
    Optional<Received> convert(String selection, String target) throws ChannelException {
        ask(selection, target, "ANSWER");
        return answer(target, "ANSWER");
    }

    void ask(String selection, String target, String property) throws ChannelException {
        Xcb.xcb_convert_selection(x.handle(), window, atoms.of(selection), atoms.of(target), atoms.of(property), 0);
        x.flush();
    }

    /** Waits for the answer to {@link #ask} and takes it. */
    Optional<Received> answer(String target, String property) throws ChannelException {
        XEvent.Converted converted = told(target);
        return converted.property() == 0 ? Optional.empty() : Optional.of(take(atoms.of(property)));
    }

    /** Waits for the answer to {@link #ask}, and leaves it lying. */
    XEvent.Converted told(String target) throws ChannelException {
        int atom = atoms.of(target);
        return (XEvent.Converted)
                await(event -> event instanceof XEvent.Converted converted && converted.target() == atom);
    }

    /** Takes what lies in a property, in increments if it says so. */
    Received take(int property) throws ChannelException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        XProperties.Piece first = piece(property);
        boolean incremental = first.type() == atoms.of("INCR");
        if (!incremental) {
            return new Received(atoms.nameOf(first.type()), first.format(), first.value(), false);
        }
        while (true) {
            properties.delete(window, property);
            x.flush();
            await(event -> event instanceof XEvent.PropertyChanged changed
                    && changed.property() == property
                    && !changed.deleted());
            XProperties.Piece piece = piece(property);
            if (piece.value().length == 0) {
                properties.delete(window, property);
                x.flush();
                return new Received(atoms.nameOf(piece.type()), piece.format(), all.toByteArray(), true);
            }
            all.writeBytes(piece.value());
        }
    }

    private XProperties.Piece piece(int property) throws ChannelException {
        XProperties.@Nullable Piece piece = properties.read(window, property, 0);
        if (piece == null || piece.left() > 0) {
            throw new IllegalStateException("property is not there, or larger than a piece");
        }
        return piece;
    }

    List<String> names(byte[] atomList) throws ChannelException {
        List<String> names = new ArrayList<>();
        for (int atom : XWords.words(atomList)) {
            names.add(atoms.nameOf(atom));
        }
        return names;
    }

    void write(String property, String type, int... words) throws ChannelException {
        properties.write(window, atoms.of(property), atoms.of(type), words);
    }

    XEvent await(Predicate<XEvent> wanted) throws ChannelException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            x.flush();
            for (XEvent event = x.next(); event != null; event = x.next()) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            x.await(Math.max(0, end - System.nanoTime()));
        }
        throw new AssertionError("not told within " + PATIENCE);
    }

    @Override
    public void close() {
        x.close();
    }
}
