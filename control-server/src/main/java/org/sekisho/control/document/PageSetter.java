package org.sekisho.control.document;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** Sets text on pages from the top down, and begins a new one when one is full. Lengths are points (1/72 inch). */
final class PageSetter implements AutoCloseable {
    static final float TEXT = 9.5f;
    static final float SMALL = 8.5f;
    /** Japanese lines need more room between them than Latin ones. */
    static final float LEADING = 1.45f;

    private static final PDRectangle PAPER = PDRectangle.A4;
    /** 20 mm, for binding and for printers. */
    private static final float MARGIN = 57;

    private static final float FOOT = 42;
    private static final float TITLE = 17;
    private static final float HEADING = 12.5f;
    private static final float GREY = 0.35f;

    private final PDDocument pdf;
    private final Typeface face;
    private final String title;
    private @Nullable PDPageContentStream page;
    private float y;

    PageSetter(PDDocument pdf, Typeface face, String title) throws IOException {
        this.pdf = pdf;
        this.face = face;
        this.title = title;
        newPage();
    }

    void title(String text, String subtitle) throws IOException {
        write(MARGIN, lines(text, TITLE, width()), TITLE, 0);
        y -= 4;
        write(MARGIN, lines(subtitle, SMALL, width()), SMALL, GREY);
        y -= 4;
        rule(MARGIN, width(), 1);
        y -= 10;
    }

    void heading(String text) throws IOException {
        List<String> lines = lines(text, HEADING, width());
        y -= 8;
        // With room for two lines of what it heads.
        room(height(lines.size(), HEADING) + height(2, TEXT) + 6);
        write(MARGIN, lines, HEADING, 0);
        y -= 3;
    }

    void paragraph(String text) throws IOException {
        for (String line : lines(text, TEXT, width())) {
            room(height(1, TEXT));
            write(MARGIN, List.of(line), TEXT, 0);
        }
        y -= 4;
    }

    /** Width between the margins. */
    float width() {
        return PAPER.getWidth() - 2 * MARGIN;
    }

    static float left() {
        return MARGIN;
    }

    float y() {
        return y;
    }

    void down(float by) {
        y -= by;
    }

    /** How much can be set on a page at most. */
    float pageHeight() {
        return PAPER.getHeight() - 2 * MARGIN;
    }

    /** Whether so much fits below. */
    boolean fits(float height) {
        return y - height >= MARGIN;
    }

    /** Makes sure that so much fits below, if it fits on any page. */
    void room(float height) throws IOException {
        if (!fits(height) && y < PAPER.getHeight() - MARGIN) {
            newPage();
        }
    }

    List<String> lines(String text, float size, float width) {
        return new LineBreaker(part -> face.width(part, size), width).lines(face.settable(text));
    }

    float textWidth(String text, float size) {
        return face.width(text, size);
    }

    static float height(int lines, float size) {
        return lines * size * LEADING;
    }

    /** Writes lines here and goes down below them. */
    void write(float x, List<String> lines, float size, float grey) throws IOException {
        for (String line : lines) {
            put(x, y - size, line, size, grey);
            y -= size * LEADING;
        }
    }

    /** Writes one line there, and stays. */
    void put(float x, float baseline, String line, float size, float grey) throws IOException {
        if (!line.isEmpty()) {
            put(stream(), x, baseline, line, size, grey);
        }
    }

    private void put(PDPageContentStream on, float x, float baseline, String line, float size, float grey)
            throws IOException {
        on.beginText();
        on.setNonStrokingColor(grey);
        on.setFont(face.font(), size);
        on.newLineAtOffset(x, baseline);
        on.showText(line);
        on.endText();
    }

    /** A line across, here. */
    void rule(float x, float length, float weight) throws IOException {
        PDPageContentStream on = stream();
        on.setLineWidth(weight * 0.5f);
        on.setStrokingColor(0.6f);
        on.moveTo(x, y);
        on.lineTo(x + length, y);
        on.stroke();
    }

    /** A grey band from here down. */
    void band(float height) throws IOException {
        PDPageContentStream on = stream();
        on.setNonStrokingColor(0.92f);
        on.addRect(MARGIN, y - height, width(), height);
        on.fill();
    }

    void newPage() throws IOException {
        close();
        PDPage fresh = new PDPage(PAPER);
        pdf.addPage(fresh);
        page = new PDPageContentStream(pdf, fresh);
        y = PAPER.getHeight() - MARGIN;
    }

    /** Numbers the pages, and heads those after the first. */
    void finish(String label) throws IOException {
        close();
        int count = pdf.getNumberOfPages();
        String head = lines(title, SMALL, width()).getFirst();
        for (int number = 1; number <= count; number++) {
            try (PDPageContentStream on =
                    new PDPageContentStream(pdf, pdf.getPage(number - 1), AppendMode.APPEND, true, true)) {
                String foot = face.settable(label.formatted(number, count));
                put(on, PAPER.getWidth() - MARGIN - face.width(foot, SMALL), FOOT - SMALL, foot, SMALL, GREY);
                if (number > 1) {
                    put(on, MARGIN, PAPER.getHeight() - FOOT, head, SMALL, GREY);
                }
            }
        }
    }

    private PDPageContentStream stream() {
        PDPageContentStream open = page;
        if (open == null) {
            throw new IllegalStateException("The document is finished");
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }
}
