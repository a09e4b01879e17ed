package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.content.ContentInspector;
import org.sekisho.agent.content.ContentKind;
import org.sekisho.agent.content.Fingerprinter;
import org.sekisho.agent.content.Inspection;
import org.sekisho.v1.Label;

/** Inspects files: text as it is, documents and archives taken apart. Thread-safe, in bounded memory. */
public final class FileInspector {
    /** Large enough for the cost of a system call not to show. */
    static final int CHUNK = 256 * 1024;
    /** An HTML document declares itself at once. */
    private static final int DECLARED = 1_024;

    private final ContentInspector inspector;
    private final Extraction extraction;

    public FileInspector(Fingerprinter fingerprinter, Extraction extraction) {
        this.inspector = ContentInspector.of(fingerprinter);
        this.extraction = requireNonNull(extraction, "extraction is null");
    }

    /**
     * What was found.
     *
     * @param labels also when not all was read
     * @param reading how much was read
     */
    public record Result(List<Label> labels, Reading reading) {}

    /**
     * Inspects.
     *
     * @param progress is told how many bytes of a text have been looked at
     * @throws IOException if the content can't be read
     */
    public Result inspect(ContentSource content, LongConsumer progress) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int head = fill(content, 0, chunk, CHUNK);
        if (DocumentSign.begins(chunk, head)) {
            return document(content);
        }
        List<Label> labels = text(content, chunk, head, progress);
        return new Result(labels, isAlsoZip(content, chunk) ? Reading.UNREADABLE : Reading.WHOLE);
    }

    private Result document(ContentSource content) {
        Parts parts = new Parts();
        Reading reading = extraction.read(content, parts);
        return new Result(parts.labels(), reading);
    }

    private List<Label> text(ContentSource content, byte[] chunk, int head, LongConsumer progress) throws IOException {
        Inspection inspection = inspector.open(kind(chunk, head));
        long at = 0;
        int length = head;
        while (length > 0) {
            inspection.update(chunk, 0, length);
            at += length;
            progress.accept(at);
            length = fill(content, at, chunk, CHUNK);
        }
        Arrays.fill(chunk, (byte) 0);
        return inspection.finish();
    }

    private static boolean isAlsoZip(ContentSource content, byte[] chunk) throws IOException {
        long from = Math.max(0, content.size() - DocumentSign.TAIL);
        int length = fill(content, from, chunk, DocumentSign.TAIL);
        return DocumentSign.endsAsZip(chunk, length);
    }

    private static int fill(ContentSource content, long at, byte[] chunk, int most) throws IOException {
        int done = 0;
        while (done < most) {
            int read = content.read(at + done, chunk, done, most - done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    private static ContentKind kind(byte[] head, int size) {
        String start =
                new String(head, 0, Math.min(size, DECLARED), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (start.startsWith("{\\rtf")) {
            return ContentKind.RTF;
        }
        String ascii = start.replace("\0", "");
        return ascii.contains("<html") || ascii.contains("<!doctype html") ? ContentKind.HTML : ContentKind.PLAIN_BYTES;
    }

    /** Inspects the parts of a document one by one. */
    private final class Parts implements PartSink {
        private final LabelSum sum = new LabelSum();
        private @Nullable Inspection text;
        private @Nullable Inspection bytes;

        @Override
        public void part() {
            // Text may go on behind an attachment that stands in the middle of it; both are small when nothing is in
            // them.
            endBytes();
        }

        @Override
        public void text(byte[] utf8, int length) {
            Inspection open = text;
            if (open == null) {
                open = inspector.open(ContentKind.UTF8_TEXT);
                text = open;
            }
            open.update(utf8, 0, length);
        }

        @Override
        public void bytes(byte[] piece, int length) {
            Inspection open = bytes;
            if (open == null) {
                open = inspector.open(kind(piece, length));
                bytes = open;
            }
            open.update(piece, 0, length);
        }

        List<Label> labels() {
            endBytes();
            Inspection open = text;
            text = null;
            if (open != null) {
                sum.add(open.finish());
            }
            return sum.sum();
        }

        private void endBytes() {
            Inspection open = bytes;
            bytes = null;
            if (open != null) {
                sum.add(open.finish());
            }
        }
    }
}
