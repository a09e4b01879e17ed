package org.sekisho.control.export;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.StoredEvent;

/**
 * An event on its way out.
 *
 * @param view of the stored event
 * @param hash of the terminal's chain
 * @param host name of its terminal
 */
record ExportedEvent(
        StoredEvent stored,
        EventView view,
        byte[] hash,
        @Nullable String host,
        @Nullable String unit) {
    ExportedEvent {
        hash = hash.clone();
    }

    String hashHex() {
        return HexFormat.of().formatHex(hash);
    }

    /** Names it for ever; by it a receiver recognises what comes twice. */
    String uid() {
        return view.terminal() + "/" + view.branch() + "/" + view.seq();
    }
}
