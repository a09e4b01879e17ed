package org.sekisho.agent.channel.clipboard.x11;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sekisho.v1.ClipboardFormat;

/** What the names of selection targets mean (ICCCM 2.6.2, and the media types that toolkits use). */
final class X11Targets {
    /** Answered by whoever owns the selection; they carry no content. */
    static final Set<String> ABOUT_THE_SELECTION = Set.of("TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS");

    /**
     * Never asked of an owner: converting one makes it do something (ICCCM 2.6.3; the drag-and-drop direct save protocol
     * has the source write a file), or its answer is the id of something in the X server and no content.
     */
    private static final Set<String> NOT_TO_BE_READ = Set.of(
            "DELETE",
            "INSERT_SELECTION",
            "INSERT_PROPERTY",
            "XdndDirectSave0",
            "XmTRANSFER_SUCCESS",
            "PIXMAP",
            "BITMAP",
            "DRAWABLE",
            "COLORMAP");

    /** What an owner that doesn't answer TARGETS is asked for. */
    static final List<String> WITHOUT_AN_OFFER =
            List.of("UTF8_STRING", "STRING", "text/plain;charset=utf-8", "text/html");

    private X11Targets() {}

    /** May the target be read ahead of anyone asking for it? */
    static boolean carriesContent(String target) {
        return !target.isEmpty() && !ABOUT_THE_SELECTION.contains(target) && !NOT_TO_BE_READ.contains(target);
    }

    static ClipboardFormat formatOf(String target) {
        String name = target.toLowerCase(Locale.ROOT);
        if (name.contains("uri-list")
                || name.contains("copied-files")
                || name.contains("file_name")
                || name.contains("cut-selection")) {
            return ClipboardFormat.FILES;
        }
        if (name.startsWith("image/")) {
            return ClipboardFormat.IMAGE;
        }
        if (name.contains("html")) {
            return ClipboardFormat.HTML;
        }
        if (name.contains("rtf") || name.contains("richtext")) {
            return ClipboardFormat.RTF;
        }
        if (name.startsWith("text/") || name.contains("string") || name.contains("text") || name.contains("csv")) {
            return ClipboardFormat.TEXT;
        }
        return ClipboardFormat.OTHER_FORMAT;
    }
}
