package org.sekisho.agent.content.text;

import java.nio.charset.StandardCharsets;

/**
 * The text of an RTF document (Rich Text Format Specification 1.9.1), hidden parts included: bytes written as {@code \'xx} and
 * as themselves are CP932, characters written as {@code \\uN} are themselves, cells become tabs and paragraphs line breaks.
 */
public final class RtfText implements ByteSink {
    /** Groups nest deeper only to trouble a reader; from here on they share what {@code \\ucN} says. */
    private static final int MAX_DEPTH = 64;
    /** As the specification bounds a control word. */
    private static final int MAX_WORD = 32;
    /** As many digits as an int surely holds. */
    private static final int MAX_PARAMETER_DIGITS = 9;

    private final Utf8Writer out;
    private final RtfCharacters characters;
    private final byte[] word = new byte[MAX_WORD];
    private final int[] fallbackLengths = new int[MAX_DEPTH];
    private State state = State.TEXT;
    private int wordLength;
    private int parameter;
    private int parameterDigits;
    private boolean negative;
    private int hex;
    private int depth;
    /** Characters still to be passed over because {@code \\uN} said them better. */
    private int fallback;
    /** Bytes of {@code \\binN} still to be passed over. */
    private long binary;

    /** Hands on to {@code sink} what is written. */
    public RtfText(Utf8Sink sink) {
        out = new Utf8Writer(sink);
        characters = new RtfCharacters(out);
        fallbackLengths[0] = 1;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            if (binary > 0) {
                binary--;
            } else {
                take(bytes[at]);
            }
        }
    }

    @Override
    public void end() {
        characters.breakPair();
        out.end();
    }

    private void take(byte b) {
        switch (state) {
            case TEXT -> text(b);
            case ESCAPE -> escape(b);
            case WORD -> {
                if (isLetter(b) && wordLength < MAX_WORD) {
                    word[wordLength++] = b;
                } else if (b == '-' || isDigit(b)) {
                    state = State.PARAMETER;
                    negative = b == '-';
                    parameter(b);
                } else {
                    endWord(b);
                }
            }
            case PARAMETER -> {
                if (isDigit(b) && parameterDigits < MAX_PARAMETER_DIGITS) {
                    parameter(b);
                } else {
                    endWord(b);
                }
            }
            case HEX_HIGH -> {
                hex = Character.digit(b, 16);
                state = hex < 0 ? State.TEXT : State.HEX_LOW;
            }
            case HEX_LOW -> {
                state = State.TEXT;
                int low = Character.digit(b, 16);
                if (low >= 0) {
                    character((byte) (hex << 4 | low));
                }
            }
        }
    }

    private void text(byte b) {
        switch (b) {
            case '\\' -> state = State.ESCAPE;
            case '{' -> {
                characters.breakPair();
                fallback = 0;
                depth++;
                if (depth < MAX_DEPTH) {
                    fallbackLengths[depth] = fallbackLengths[depth - 1];
                }
            }
            case '}' -> {
                characters.breakPair();
                fallback = 0;
                depth = Math.max(0, depth - 1);
            }
            case '\r', '\n', 0 -> {}
            default -> character(b);
        }
    }

    private void escape(byte b) {
        if (isLetter(b)) {
            state = State.WORD;
            word[0] = b;
            wordLength = 1;
            parameter = 0;
            parameterDigits = 0;
            negative = false;
            return;
        }
        state = State.TEXT;
        switch (b) {
            case '\'' -> state = State.HEX_HIGH;
            case '\\', '{', '}' -> character(b);
            case '\r', '\n' -> character((byte) '\n');
            case '~' -> character((byte) ' ');
            case '_' -> character((byte) '-');
            default -> {} // optional hyphen, ignorable destination, index marks: nothing that is seen
        }
    }

    private void parameter(byte b) {
        if (b != '-') {
            parameter = parameter * 10 + b - '0';
            parameterDigits++;
        }
    }

    /** A space behind a control word belongs to it; anything else is text again. */
    private void endWord(byte next) {
        state = State.TEXT;
        control();
        if (next != ' ' && binary == 0) {
            text(next);
        } else if (next != ' ') {
            binary--;
        }
    }

    private void control() {
        int value = negative ? -parameter : parameter;
        switch (new String(word, 0, wordLength, StandardCharsets.US_ASCII)) {
            case "u" -> {
                if (parameterDigits > 0) {
                    characters.unit((char) value);
                    fallback = fallbackLengths[Math.min(depth, MAX_DEPTH - 1)];
                }
            }
            // More fallback characters than this replace no character; a larger count would hide text.
            case "uc" -> fallbackLengths[Math.min(depth, MAX_DEPTH - 1)] = Math.clamp(value, 0, 8);
            case "bin" -> binary = Math.max(0, value);
            case "tab", "cell", "nestcell" -> separator('\t');
            case "par", "line", "row", "nestrow", "sect", "page", "column", "pard" -> separator('\n');
            case "emdash", "endash" -> separator('-');
            case "emspace", "enspace", "qmspace" -> separator(' ');
            case "bullet" -> separator('\u2022');
            default -> {}
        }
    }

    private void separator(int character) {
        if (fallback > 0) {
            fallback--;
        } else {
            characters.breakPair();
            out.put(character);
        }
    }

    private void character(byte b) {
        if (fallback > 0) {
            fallback--;
        } else {
            characters.put(b);
        }
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private enum State {
        TEXT,
        ESCAPE,
        WORD,
        PARAMETER,
        HEX_HIGH,
        HEX_LOW
    }
}
