package org.sekisho.packaging.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.sekisho.agent.os.linux.Xcb;

/** A program that watches who owns the CLIPBOARD, and pastes. For one thread. */
public final class XSink implements AutoCloseable {
    /** Far beyond the agent's own limits; only a broken run gets there. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final XClient x;
    private final int clipboard;
    private final int utf8;
    private final int property;

    public XSink(VirtualDisplay display) throws IOException {
        x = new XClient(display);
        clipboard = x.atom("CLIPBOARD");
        utf8 = x.atom("UTF8_STRING");
        property = x.atom("SEKISHO_PASTE");
        x.watchOwners(clipboard);
    }

    /** Waits for the news of an owner that {@code wanted} accepts; its window. */
    public int awaitOwner(IntPredicate wanted) throws IOException {
        while (true) {
            if (next() instanceof XNotice.OwnerChanged news
                    && news.selection() == clipboard
                    && wanted.test(news.owner())) {
                return news.owner();
            }
        }
    }

    /** Asks for the text and waits for the answer; empty if it was refused. */
    public Optional<String> paste() throws IOException {
        Xcb.xcb_convert_selection(x.handle(), x.window(), clipboard, utf8, property, 0);
        x.flush();
        while (true) {
            if (next() instanceof XNotice.Plain event && event.type() == XClient.SELECTION_NOTIFY) {
                // SelectionNotify: time, requestor, selection, target, property.
                return event.words()[5] == 0
                        ? Optional.empty()
                        : Optional.of(new String(x.take(property), StandardCharsets.UTF_8));
            }
        }
    }

    private XNotice next() throws IOException {
        XNotice notice = x.next(PATIENCE);
        if (notice == null) {
            throw new IOException("the X server told nothing for " + PATIENCE.toSeconds() + " s");
        }
        return notice;
    }

    @Override
    public void close() {
        x.close();
    }
}
