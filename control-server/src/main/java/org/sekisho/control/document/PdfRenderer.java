package org.sekisho.control.document;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.sekisho.control.document.Document.Block;
import org.sekisho.control.document.Document.Facts;
import org.sekisho.control.document.Document.Heading;
import org.sekisho.control.document.Document.Paragraph;
import org.sekisho.control.document.Document.Table;

/** Sets documents as PDF, A4. Thread-safe. */
@Singleton
public class PdfRenderer {
    private final DocumentFont font;

    @Inject
    public PdfRenderer(DocumentFont font) {
        this.font = font;
    }

    /** Throws a 503 if the server has no font. */
    public void requireFont() {
        font.bytes();
    }

    /** The PDF; throws a 503 if the server has no font. */
    public byte[] render(Document document) {
        byte[] bytes = font.bytes();
        try (PDDocument pdf = new PDDocument();
                TrueTypeFont face = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PDDocumentInformation about = new PDDocumentInformation();
            about.setTitle(document.title());
            about.setCreator("Sekisho");
            pdf.setDocumentInformation(about);
            pdf.getDocumentCatalog().setLanguage(document.language().toLanguageTag());
            try (PageSetter pages =
                    new PageSetter(pdf, new Typeface(PDType0Font.load(pdf, face, true), face), document.title())) {
                pages.title(document.title(), document.subtitle());
                for (Block block : document.blocks()) {
                    switch (block) {
                        case Heading heading -> pages.heading(heading.text());
                        case Paragraph paragraph -> pages.paragraph(paragraph.text());
                        case Facts facts -> new FactsSetter(pages).set(facts);
                        case Table table -> new TableSetter(pages).set(table);
                    }
                }
                pages.finish(document.pageLabel());
            }
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set the document " + document.title(), e);
        }
    }
}
