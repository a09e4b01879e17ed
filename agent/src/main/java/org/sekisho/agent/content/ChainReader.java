package org.sekisho.agent.content;

/**
 * Reads a chain of digit runs character by character. It can stop at any character and go on when more of the stream is
 * there, so that no chain is too long.
 */
final class ChainReader {
    /** Invisible characters between two digits; more of them hide nothing from nobody. */
    private static final int MAX_INVISIBLE = 16;

    private final TextWindow window;
    private final DigitChain chain;
    private final JoinReader join = new JoinReader();
    private boolean active;
    /** Within a run: no visible character since its last digit. */
    private boolean inRun;

    private int invisible;

    ChainReader(TextWindow window, DigitChain chain) {
        this.window = window;
        this.chain = chain;
    }

    boolean isActive() {
        return active;
    }

    /** Begins a chain at a digit. */
    void begin(int position) {
        int before = position > 0 ? window.bytes[position - 1] : ' ';
        chain.begin(isHexLetter(before), before == '+');
        join.reset();
        active = true;
        inRun = false;
        invisible = 0;
    }

    /** Reads on until the chain ends or {@code limit} is reached; returns where the next character is. */
    int read(int from, int limit) {
        byte[] bytes = window.bytes;
        int position = from;
        while (position < limit) {
            int decoded = Utf8.decode(bytes, position, window.fill);
            byte charClass = CharClass.of(Utf8.codePoint(decoded));
            int next = position + Utf8.length(decoded);
            if (CharClass.isDigit(charClass)) {
                digit(charClass, position, next);
            } else if (charClass == CharClass.INVISIBLE) {
                if (++invisible > MAX_INVISIBLE) {
                    end(false);
                    return next;
                }
            } else if (charClass == CharClass.OTHER) {
                end(inRun && isHexLetter(bytes[position]));
                return position;
            } else {
                next = separator(charClass, position, next);
                if (!active) {
                    return next;
                }
            }
            position = next;
        }
        return position;
    }

    /** The chain ends, if there is one, with the stream or with what follows. */
    void end(boolean beforeHexLetter) {
        if (!active) {
            return;
        }
        if (inRun) {
            chain.closeRun();
        }
        chain.end(beforeHexLetter);
        active = false;
        inRun = false;
    }

    private void digit(byte digit, int position, int next) {
        int style = CharClass.style(digit);
        if (inRun && chain.next().style != style) {
            chain.closeRun();
            join.reset();
            inRun = false;
        }
        if (!inRun) {
            chain.next().open(join.kind(), join.isFullStop(), style, window.base + position);
            inRun = true;
        }
        chain.next().add(CharClass.value(digit), window.base + next);
        invisible = 0;
    }

    private int separator(byte separator, int position, int next) {
        if (inRun) {
            chain.closeRun();
            join.reset();
            inRun = false;
        }
        invisible = 0;
        int behind = next;
        byte kind = separator;
        if (separator == CharClass.TAG_OPEN) {
            behind = MarkupTag.end(window.bytes, position, window.fill);
            kind = CharClass.CELL;
        }
        if (behind < 0 || !join.take(kind)) {
            end(false);
            return next;
        }
        return behind;
    }

    private static boolean isHexLetter(int character) {
        return (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
    }
}
