package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.content.text.ByteSink;
import org.sekisho.agent.content.text.HtmlText;
import org.sekisho.agent.content.text.RtfText;
import org.sekisho.agent.content.text.UnknownText;
import org.sekisho.agent.content.text.Utf16Text;
import org.sekisho.agent.content.text.Utf8Sink;
import org.sekisho.v1.Label;

/** One content on its way from bytes to findings; several readings of it are inspected side by side and joined at the end. */
final class StreamInspection implements Inspection {
    private final Fingerprinter fingerprinter;
    private final List<NumberScanner> scanners = new ArrayList<>();
    private @Nullable ByteSink reader;

    StreamInspection(Fingerprinter fingerprinter, ContentKind kind) {
        this.fingerprinter = fingerprinter;
        this.reader = switch (kind) {
            case PLAIN_BYTES -> new UnknownText(scanner(), this::scanner, true);
            case UTF8_TEXT -> new UnknownText(scanner(), this::scanner, false);
            case UTF16LE_TEXT -> Utf16Text.littleEndian(scanner());
            case HTML -> new UnknownText(new Both(scanner(), new HtmlText(scanner())), this::scanner, true);
            case RTF -> new RtfText(scanner());
        };
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        open().update(bytes, offset, length);
    }

    @Override
    public List<Label> finish() {
        open().end();
        reader = null;
        List<List<Finding>> readings = new ArrayList<>();
        for (NumberScanner scanner : scanners) {
            readings.add(scanner.findings());
        }
        scanners.clear();
        return FindingMerge.findings(readings).stream().map(Finding::toProto).toList();
    }

    private ByteSink open() {
        if (reader == null) {
            throw new IllegalStateException("this inspection is finished; open another one");
        }
        return reader;
    }

    private Utf8Sink scanner() {
        NumberScanner scanner = new NumberScanner(fingerprinter);
        scanners.add(scanner);
        return scanner;
    }

    /** Hands a text on to two. */
    private record Both(Utf8Sink one, Utf8Sink two) implements Utf8Sink {
        @Override
        public void accept(byte[] utf8, int offset, int length) {
            one.accept(utf8, offset, length);
            two.accept(utf8, offset, length);
        }

        @Override
        public void end() {
            one.end();
            two.end();
        }
    }
}
