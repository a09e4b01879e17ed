package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.ZeroByteFileException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads what is inside a document: attachments, entries of archives, and what is inside of those. Text goes on as it is, for
 * the detectors know Japanese encodings better than parsers do. What can't be read is remembered: Tika itself would go on
 * without it. One document, one thread.
 */
final class EveryPart implements EmbeddedDocumentExtractor {
    /** A real archive holds thousands; a bomb any number. */
    private static final int MOST_PARTS = 20_000;
    /** A document in an archive in a mail in an archive has four. */
    private static final int DEEPEST = 10;

    /** Kinds of text that Tika does not count among text; HTML and RTF are read by the detectors' own readers. */
    private static final Set<String> AS_THEY_ARE = Set.of("application/rtf", "application/xml", "image/svg+xml");

    private static final MediaType UNKNOWN_OLE2 = MediaType.application("x-tika-msoffice");

    private final Detector detector;
    private final Parser parser;
    private final ParseContext context;
    private final PartWriter out;
    private final MediaTypeRegistry types = MediaTypeRegistry.getDefaultRegistry();
    private int parts;
    private int depth;
    private Reading reading = Reading.WHOLE;

    EveryPart(Detector detector, Parser parser, ParseContext context, PartWriter out) {
        this.detector = requireNonNull(detector, "detector is null");
        this.parser = requireNonNull(parser, "parser is null");
        this.context = requireNonNull(context, "context is null");
        this.out = requireNonNull(out, "out is null");
    }

    /** How much of everything was read. */
    Reading reading() {
        return reading;
    }

    /** Something could not be read. */
    void failed(Reading why) {
        if (reading == Reading.WHOLE) {
            reading = why;
        }
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        return true;
    }

    @Override
    public void parseEmbedded(InputStream stream, ContentHandler unused, Metadata metadata, boolean outputHtml)
            throws SAXException, IOException {
        parts++;
        if (parts > MOST_PARTS || depth >= DEEPEST) {
            failed(Reading.TOO_LARGE);
            return;
        }
        try (TikaInputStream part = TikaInputStream.get(new OpenEnd(stream))) {
            part(part, metadata);
        }
    }

    /** Reads the document itself, or a part of it. */
    void part(TikaInputStream part, Metadata metadata) throws SAXException, IOException {
        depth++;
        try {
            MediaType type = detector.detect(part, metadata);
            out.part();
            name(metadata);
            MediaType known = isText(type) ? null : known(type);
            if (known == null) {
                asItIs(part);
            } else {
                parsed(part, metadata);
            }
            if (UNKNOWN_OLE2.equals(known)) {
                failed(Reading.UNREADABLE);
            }
        } finally {
            depth--;
        }
    }

    private void name(Metadata metadata) throws IOException {
        String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
        if (name != null) {
            byte[] line = (name + "\n").getBytes(StandardCharsets.UTF_8);
            out.text(line, 0, line.length);
        }
    }

    private void asItIs(InputStream part) throws IOException {
        byte[] piece = new byte[PartWriter.MOST];
        int length = part.readNBytes(piece, 0, piece.length);
        if (DocumentSign.begins(piece, length)) {
            // A document or archive that nobody here can take apart.
            failed(Reading.UNREADABLE);
        }
        while (length > 0) {
            out.bytes(piece, 0, length);
            length = part.readNBytes(piece, 0, piece.length);
        }
    }

    private void parsed(TikaInputStream part, Metadata metadata) throws SAXException, IOException {
        TextLines text = new TextLines(out);
        try {
            parser.parse(part, text, metadata, context);
        } catch (ZeroByteFileException e) {
            // Nothing is in it, and all of that has been read.
            return;
        } catch (TikaException | RuntimeException e) {
            failed(Reading.UNREADABLE);
        }
        for (String name : metadata.names()) {
            if (name.startsWith("X-TIKA:EXCEPTION:")) {
                failed(Reading.UNREADABLE);
            } else if (!name.startsWith("X-TIKA:")) {
                for (String value : metadata.getValues(name)) {
                    text.line(name + ": " + value);
                }
            }
        }
        text.flush();
    }

    private boolean isText(MediaType type) {
        return type.getType().equals("text")
                || AS_THEY_ARE.contains(type.toString())
                || types.isInstanceOf(type, MediaType.TEXT_PLAIN);
    }

    /** The kind that a parser knows this one by: itself, or the nearest that it is one of; null if there is none. */
    private @Nullable MediaType known(MediaType type) {
        Set<MediaType> all = parser.getSupportedTypes(context);
        for (MediaType kind = types.normalize(type.getBaseType()); kind != null; kind = types.getSupertype(kind)) {
            if (all.contains(kind)) {
                return kind;
            }
        }
        return null;
    }

    /** A part ends with its container's entry, but the container goes on: whoever closes a part must not close that. */
    private static final class OpenEnd extends java.io.FilterInputStream {
        OpenEnd(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The container is closed by who has opened it.
        }
    }
}
