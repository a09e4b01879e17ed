package org.sekisho.agent.channel.clipboard.windows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sekisho.agent.channel.clipboard.ContentSink;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.HeldContent;

/**
 * What was read of an offer.
 *
 * @param formats by their number, in the order of the offer
 * @param whole false if a format could not be read or held
 * @param trouble why one could not be held; empty if none had any
 */
record WindowsReading(Map<Integer, HeldContent> formats, boolean whole, String trouble) {

    /** Reads each format. What can't be held is left out, for it can't be handed out either. */
    static WindowsReading of(OpenWindowsClipboard open, WindowsFormats.Choice choice, ContentVault.Room room) {
        Map<Integer, HeldContent> formats = new LinkedHashMap<>();
        boolean whole = choice.whole();
        String trouble = "";
        for (WindowsFormats.Offered offer : choice.taken()) {
            try (ContentSink sink = room.sink(offer.name(), offer.kind())) {
                if (open.read(offer, sink)) {
                    formats.put(offer.id(), sink.finish());
                } else {
                    whole = false;
                }
            } catch (IOException e) {
                whole = false;
                trouble = "%s could not be held: %s".formatted(offer.name(), e.getMessage());
            }
        }
        return new WindowsReading(formats, whole, trouble);
    }
}
