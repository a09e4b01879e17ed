package org.sekisho.control.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The font of one document, with how wide its texts are. Not thread-safe. */
final class Typeface {
    /** 下駄, by custom: here stands a character that the font lacks. */
    private static final int MISSING = '〓';

    private final PDType0Font font;
    private final TrueTypeFont face;
    private final CmapLookup glyphs;
    private final float perEm;

    Typeface(PDType0Font font, TrueTypeFont face) throws IOException {
        this.font = font;
        this.face = face;
        this.glyphs = face.getUnicodeCmapLookup();
        this.perEm = face.getUnitsPerEm();
    }

    PDType0Font font() {
        return font;
    }

    /** What can be set of it: tabs and controls as blanks, unknown characters as 〓; line feeds stay. */
    String settable(String text) {
        StringBuilder settable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                settable.append('\n');
            } else if (Character.isISOControl(point) || Character.isSpaceChar(point)) {
                settable.append(point == '\u3000' ? '\u3000' : ' ');
            } else {
                settable.appendCodePoint(glyphs.getGlyphId(point) > 0 ? point : MISSING);
            }
        });
        return settable.toString();
    }

    /** In points. */
    float width(String text, float size) {
        float units = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            units += advance(point);
        }
        return units * size / perEm;
    }

    private int advance(int point) {
        try {
            return face.getAdvanceWidth(glyphs.getGlyphId(point));
        } catch (IOException e) {
            throw new UncheckedIOException("The documents' font is damaged", e);
        }
    }
}
