package org.sekisho.agent.content.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What HTML shows: tags of inline elements vanish, cells become tabs, other tags line breaks, character references their
 * characters (HTML Living Standard, sections 13.2.5 and 13.5). Malformed HTML is read as far as it makes sense; comments are
 * left out. Nothing nests, so memory is the same for any input.
 */
public final class HtmlText implements Utf8Sink {
    /** Elements in the middle of a word; sorted. */
    private static final long[] INLINE = packed(
            "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font", "i",
            "ins", "kbd", "label", "mark", "o:p", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
            "sub", "sup", "time", "tt", "u", "var", "wbr");

    private static final long[] CELLS = packed("td", "th");
    /** What fits into a long; no name in the sets above is longer. */
    private static final int MAX_NAME = Long.BYTES;

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
            name[0] = 0; // longer than any that is known
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
        long element = packed(name, nameLength);
        if (Arrays.binarySearch(CELLS, element) >= 0) {
            out.raw((byte) '\t');
        } else if (Arrays.binarySearch(INLINE, element) < 0) {
            out.raw((byte) '\n');
        }
    }

    private static long[] packed(String... names) {
        return Arrays.stream(names)
                .map(element -> element.getBytes(StandardCharsets.US_ASCII))
                .mapToLong(element -> packed(element, element.length))
                .sorted()
                .toArray();
    }

    /** A name as a number, in lower case, so that a tag leaves no garbage behind. */
    private static long packed(byte[] element, int length) {
        long packed = 0;
        for (int i = 0; i < length; i++) {
            packed = (packed << Byte.SIZE) | (element[i] >= 'A' && element[i] <= 'Z' ? element[i] + 0x20 : element[i]);
        }
        return packed;
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
