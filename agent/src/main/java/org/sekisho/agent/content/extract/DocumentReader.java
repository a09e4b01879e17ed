package org.sekisho.agent.content.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.xml.sax.SAXException;

/** Takes documents apart with Tika. For the process that is made for it; one thread. */
final class DocumentReader {
    private final AutoDetectParser parser = new AutoDetectParser();
    private final Detector detector = new DefaultDetector();

    /**
     * Writes what is in a document, and at the end how much that is.
     *
     * @throws IOException if nobody listens any more
     */
    void read(Path document, OutputStream to) throws IOException {
        PartWriter out = new PartWriter(to);
        ParseContext context = new ParseContext();
        EveryPart parts = new EveryPart(detector, parser, context, out);
        context.set(EmbeddedDocumentExtractor.class, parts);
        context.set(Locale.class, Locale.JAPAN);
        context.set(OfficeParserConfig.class, office());
        context.set(PDFParserConfig.class, pdf());
        try (TikaInputStream stream = TikaInputStream.get(document)) {
            parts.part(stream, new Metadata());
        } catch (SAXException | RuntimeException | StackOverflowError | LinkageError e) {
            // Whatever a parser fails with: the document is not read, and the next one is another.
            parts.failed(Reading.UNREADABLE);
        }
        out.end(parts.reading());
    }

    /** What a reader of the document can make appear counts as well: what was deleted, hidden, or is a macro. */
    private static OfficeParserConfig office() {
        OfficeParserConfig config = new OfficeParserConfig();
        config.setExtractMacros(true);
        config.setIncludeDeletedContent(true);
        config.setIncludeMoveFromContent(true);
        config.setIncludeShapeBasedContent(true);
        config.setIncludeHeadersAndFooters(true);
        config.setExtractAllAlternativesFromMSG(true);
        return config;
    }

    private static PDFParserConfig pdf() {
        PDFParserConfig config = new PDFParserConfig();
        config.setExtractAnnotationText(true);
        config.setExtractAcroFormContent(true);
        config.setExtractActions(true);
        config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        return config;
    }
}
