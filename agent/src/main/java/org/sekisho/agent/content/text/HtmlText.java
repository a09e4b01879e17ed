package org.sekisho.agent.content.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * What HTML shows: tags of inline elements vanish, cells become tabs, other tags line breaks, character references their
 * characters (HTML Living Standard, sections 13.2.5 and 13.5). Malformed HTML is read as far as it makes sense; comments are
 * left out. Nothing nests, so memory is the same for any input.
 */
public final class HtmlText implements Utf8Sink {
    /** Elements in the middle of a word. */
    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font", "i",
            "ins", "kbd", "label", "mark", "o:p", "q", "rb", "ruby", "s", "samp", "small", "span", "st1:", "strike",
            "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");

    private static final Set<String> CELLS = Set.of("td", "th");
    /** Longer than any name in the sets above. */
    private static final int MAX_NAME = 16;

    private static final byte[] COMMENT = "!--".getBytes(StandardCharsets.US_ASCII);

    private final Utf8Writer out;
    private final HtmlReference reference;
    private final byte[] name = new byte[MAX_NAME];
    private State state = State.TEXT;
    private int nameLength;
    /** Hyphens in a row within a comment. */
    private int hyphens;

    /** Hands on to {@code sink} what is shown. */
    public HtmlText(Utf8Sink sink) {
        out = new Utf8Writer(sink);
        reference = new HtmlReference(out);
    }

    @Override
    public void accept(byte[] utf8, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            take(utf8[at]);
        }
    }

    @Override
    public void end() {
        if (state == State.REFERENCE) {
            reference.end();
        }
        out.end();
    }

    private void take(byte b) {
        switch (state) {
            case TEXT -> text(b);
            case REFERENCE -> {
                if (!reference.take(b)) {
                    state = State.TEXT;
                    if (b != ';' || !reference.isClosed()) {
                        text(b);
                    }
                }
            }
            case OPEN -> open(b);
            case NAME -> name(b);
            case TAG -> {
                if (b == '>') {
                    closeTag();
                }
            }
            case COMMENT -> comment(b);
        }
    }

    private void text(byte b) {
        if (b == '<') {
            state = State.OPEN;
            nameLength = 0;
        } else if (b == '&') {
            state = State.REFERENCE;
            reference.begin();
        } else {
            out.raw(b);
        }
    }

    private void open(byte b) {
        if ((b == '/' && nameLength == 0) || isLetter(b) || b == '!' || b == '?') {
            state = State.NAME;
            name(b);
        } else {
            state = State.TEXT;
            out.raw((byte) '<');
            text(b);
        }
    }

    private void name(byte b) {
        if (b == '>') {
            closeTag();
        } else if (b == '/' && nameLength == 0) {
            return; // a closing tag: what counts is which
        } else if ((b <= ' ' && b >= 0) || b == '/') {
            state = State.TAG;
        } else if (nameLength < MAX_NAME) {
            name[nameLength++] = b;
            if (nameLength == COMMENT.length && isComment()) {
                state = State.COMMENT;
                hyphens = 0;
            }
        } else {
            state = State.TAG;
        }
    }

    private boolean isComment() {
        return name[0] == COMMENT[0] && name[1] == COMMENT[1] && name[2] == COMMENT[2];
    }

    private void comment(byte b) {
        if (b == '>' && hyphens >= 2) {
            state = State.TEXT;
        }
        hyphens = b == '-' ? hyphens + 1 : 0;
    }

    private void closeTag() {
        state = State.TEXT;
        String element = new String(name, 0, nameLength, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (CELLS.contains(element)) {
            out.raw((byte) '\t');
        } else if (!INLINE.contains(element)) {
            out.raw((byte) '\n');
        }
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private enum State {
        TEXT,
        REFERENCE,
        OPEN,
        NAME,
        TAG,
        COMMENT
    }
}
