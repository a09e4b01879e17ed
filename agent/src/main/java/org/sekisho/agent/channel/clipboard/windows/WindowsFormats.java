package org.sekisho.agent.channel.clipboard.windows;

import static org.sekisho.v1.ClipboardFormat.FILES;
import static org.sekisho.v1.ClipboardFormat.HTML;
import static org.sekisho.v1.ClipboardFormat.IMAGE;
import static org.sekisho.v1.ClipboardFormat.OTHER_FORMAT;
import static org.sekisho.v1.ClipboardFormat.RTF;
import static org.sekisho.v1.ClipboardFormat.TEXT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sekisho.v1.ClipboardFormat;

/**
 * Which of the formats on offer are taken over.
 *
 * <p>Windows makes some formats from others (Microsoft, "Synthesized Clipboard Formats"). Only one of each such family is
 * taken; Windows then makes the rest from what was inspected, and nothing else. Not taken are handles that mean nothing in
 * another process (bitmaps, metafiles, what the owner draws), and OLE's own formats, which would lead a reader past the
 * clipboard to the source.
 */
final class WindowsFormats {
    static final int CF_TEXT = 1;
    static final int CF_BITMAP = 2;
    static final int CF_METAFILEPICT = 3;
    static final int CF_OEMTEXT = 7;
    static final int CF_DIB = 8;
    static final int CF_PALETTE = 9;
    static final int CF_UNICODETEXT = 13;
    static final int CF_ENHMETAFILE = 14;
    static final int CF_HDROP = 15;
    static final int CF_LOCALE = 16;
    static final int CF_DIBV5 = 17;

    private static final Map<Integer, String> PREDEFINED = Map.ofEntries(
            Map.entry(CF_TEXT, "CF_TEXT"),
            Map.entry(CF_BITMAP, "CF_BITMAP"),
            Map.entry(CF_METAFILEPICT, "CF_METAFILEPICT"),
            Map.entry(4, "CF_SYLK"),
            Map.entry(5, "CF_DIF"),
            Map.entry(6, "CF_TIFF"),
            Map.entry(CF_OEMTEXT, "CF_OEMTEXT"),
            Map.entry(CF_DIB, "CF_DIB"),
            Map.entry(CF_PALETTE, "CF_PALETTE"),
            Map.entry(11, "CF_RIFF"),
            Map.entry(12, "CF_WAVE"),
            Map.entry(CF_UNICODETEXT, "CF_UNICODETEXT"),
            Map.entry(CF_ENHMETAFILE, "CF_ENHMETAFILE"),
            Map.entry(CF_HDROP, "CF_HDROP"),
            Map.entry(CF_LOCALE, "CF_LOCALE"),
            Map.entry(CF_DIBV5, "CF_DIBV5"));

    /** Registered formats have numbers from here on ({@code RegisterClipboardFormat}). */
    private static final int FIRST_REGISTERED = 0xC000;

    /** GDI handles: no memory that could be read. What they show comes as CF_DIB too, but for metafiles. */
    private static final Set<Integer> HANDLES = Set.of(CF_BITMAP, CF_METAFILEPICT, CF_PALETTE, CF_ENHMETAFILE);

    /** Name a window of the source, through which {@code OleGetClipboard} would fetch its content undecided. */
    private static final Set<String> OLE = Set.of("DataObject", "Ole Private Data", "OwnerLink", "ObjectLink");

    /** For other clipboard tools; this offer brings its own. */
    private static final Set<String> MARKS = Set.of(
            "ExcludeClipboardContentFromMonitorProcessing",
            "CanIncludeInClipboardHistory",
            "CanUploadToCloudClipboard",
            "Clipboard Viewer Ignore");

    private WindowsFormats() {}

    /**
     * A format on offer.
     *
     * @param id what Windows numbers it in this session
     * @param name {@code CF_…} if predefined, else the registered name
     */
    record Offered(int id, String name) {
        ClipboardFormat kind() {
            return switch (id) {
                case CF_TEXT, CF_OEMTEXT, CF_UNICODETEXT -> TEXT;
                case CF_HDROP -> FILES;
                case CF_DIB, CF_DIBV5, CF_BITMAP, 6 -> IMAGE;
                default -> registeredKind(name.toLowerCase(Locale.ROOT));
            };
        }

        private static ClipboardFormat registeredKind(String name) {
            return switch (name) {
                case "html format", "text/html" -> HTML;
                case "rich text format", "rich text format without objects", "rtf in utf8", "text/rtf" -> RTF;
                case "text/plain", "csv", "xml spreadsheet", "unicode text" -> TEXT;
                case "filenamew", "filename", "shell idlist array", "filegroupdescriptorw", "filecontents" -> FILES;
                case "png", "jfif", "gif", "image/png", "image/jpeg", "image/gif", "image/svg+xml" -> IMAGE;
                default -> OTHER_FORMAT;
            };
        }
    }

    static Offered offered(int id, String registeredName) {
        String predefined = PREDEFINED.get(id);
        if (predefined != null) {
            return new Offered(id, predefined);
        }
        return new Offered(id, registeredName.isEmpty() ? "0x" + Integer.toHexString(id) : registeredName);
    }

    /**
     * What of {@code offers} is taken over, in their order.
     *
     * @param whole false if a format is left out that no other one stands for
     */
    record Choice(List<Offered> taken, boolean whole) {
        Choice {
            taken = List.copyOf(taken);
        }
    }

    static Choice choose(Collection<Offered> offers) {
        boolean unicode = offers.stream().anyMatch(offer -> offer.id() == CF_UNICODETEXT);
        boolean bitmap = offers.stream().anyMatch(offer -> offer.id() == CF_DIB || offer.id() == CF_DIBV5);
        List<Offered> taken = new ArrayList<>();
        boolean whole = true;
        boolean bitmapTaken = false;
        for (Offered offer : offers) {
            boolean dib = offer.id() == CF_DIB || offer.id() == CF_DIBV5;
            if (dispensable(offer, unicode, bitmap) || (dib && bitmapTaken)) {
                continue;
            }
            if (HANDLES.contains(offer.id()) || !readable(offer.id())) {
                whole = false;
                continue;
            }
            bitmapTaken |= dib;
            taken.add(offer);
        }
        return new Choice(taken, whole);
    }

    /** Whether nothing is lost without {@code offer}: another format gives it, or it carries no content. */
    private static boolean dispensable(Offered offer, boolean unicode, boolean bitmap) {
        return switch (offer.id()) {
            case CF_TEXT, CF_OEMTEXT, CF_LOCALE -> unicode;
            case CF_BITMAP -> bitmap;
            case CF_PALETTE -> true;
            default -> MARKS.contains(offer.name()) || OLE.contains(offer.name());
        };
    }

    /** Owner-drawn, private and GDI ranges carry no memory that Windows would pass on ({@code CF_OWNERDISPLAY}…). */
    private static boolean readable(int id) {
        return PREDEFINED.containsKey(id) || id >= FIRST_REGISTERED;
    }
}
