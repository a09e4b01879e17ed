package org.sekisho.policy;

import java.util.Arrays;

/**
 * A pattern with wildcards, matched in time proportional to pattern times text whatever both are: all states of the
 * pattern advance together, and nothing is ever tried again. Compared code point by code point, with case.
 */
final class Glob {
    private static final int SEPARATOR = '/';
    /** Exactly one, not a separator. */
    private static final int ONE_IN_SEGMENT = -1;
    /** Exactly one. */
    private static final int ONE = -2;
    /** Any number, no separator. */
    private static final int RUN_IN_SEGMENT = -3;
    /** Any number. */
    private static final int RUN = -4;

    private final int[] tokens;
    private final String prefix;
    private final String suffix;
    private final boolean literal;

    private Glob(int[] tokens) {
        this.tokens = tokens;
        int first = 0;
        while (first < tokens.length && tokens[first] >= 0) {
            first++;
        }
        int last = tokens.length;
        while (last > first && tokens[last - 1] >= 0) {
            last--;
        }
        this.literal = first == tokens.length;
        this.prefix = new String(tokens, 0, first);
        this.suffix = new String(tokens, last, tokens.length - last);
    }

    /** {@code *} is any run of characters, {@code ?} any one. */
    static Glob ofText(String pattern) {
        int[] tokens = pattern.codePoints()
                .map(c -> c == '*' ? RUN : c == '?' ? ONE : c)
                .toArray();
        return new Glob(merged(tokens));
    }

    /** {@code *} is any run without {@code /}, {@code **} any run, {@code ?} any one but {@code /}. */
    static Glob ofPath(String pattern) {
        int[] points = pattern.codePoints().toArray();
        int[] tokens = new int[points.length];
        int size = 0;
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '*' && i + 1 < points.length && points[i + 1] == '*') {
                tokens[size++] = RUN;
                i++;
            } else {
                tokens[size++] = points[i] == '*' ? RUN_IN_SEGMENT : points[i] == '?' ? ONE_IN_SEGMENT : points[i];
            }
        }
        return new Glob(merged(Arrays.copyOf(tokens, size)));
    }

    /** Neighbouring runs are one run: at most one state is skipped at a time. */
    private static int[] merged(int[] tokens) {
        int[] out = new int[tokens.length];
        int size = 0;
        for (int token : tokens) {
            if (size > 0 && isRun(token) && isRun(out[size - 1])) {
                out[size - 1] = Math.min(out[size - 1], token);
            } else {
                out[size++] = token;
            }
        }
        return Arrays.copyOf(out, size);
    }

    private static boolean isRun(int token) {
        return token <= RUN_IN_SEGMENT;
    }

    boolean matches(String text) {
        if (literal) {
            return prefix.equals(text);
        }
        if (text.length() < prefix.length() + suffix.length() || !text.startsWith(prefix) || !text.endsWith(suffix)) {
            return false;
        }
        States states = new States(tokens);
        for (int i = 0; i < text.length() && states.alive(); ) {
            int point = text.codePointAt(i);
            states.advance(point);
            i += Character.charCount(point);
        }
        return states.atEnd();
    }

    /** Whether each text that the other matches is matched by this too. False may also mean that it is not known. */
    boolean covers(Glob other) {
        States states = new States(tokens);
        for (int i = 0; i < other.tokens.length && states.alive(); i++) {
            states.advance(other.tokens[i]);
        }
        return states.atEnd();
    }

    /** Whether no text is matched by both. False may also mean that it is not known. */
    boolean excludes(Glob other) {
        if (literal) {
            return !other.matches(prefix);
        }
        if (other.literal) {
            return !matches(other.prefix);
        }
        boolean prefixesMeet = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean suffixesMeet = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        return !prefixesMeet || !suffixesMeet;
    }

    /** Whether a token takes in all that a symbol (a code point, or a token of another pattern) stands for. */
    private static boolean takes(int token, int symbol) {
        return switch (token) {
            case RUN -> true;
            case RUN_IN_SEGMENT ->
                symbol >= 0 ? symbol != SEPARATOR : symbol == ONE_IN_SEGMENT || symbol == RUN_IN_SEGMENT;
            case ONE -> symbol >= ONE;
            case ONE_IN_SEGMENT -> symbol >= 0 ? symbol != SEPARATOR : symbol == ONE_IN_SEGMENT;
            default -> token == symbol;
        };
    }

    /** The set of places in a pattern that a text may have led to: bit i stands before token i. */
    private static final class States {
        private final int[] tokens;
        private long[] now;
        private long[] next;

        States(int[] tokens) {
            this.tokens = tokens;
            this.now = new long[tokens.length / Long.SIZE + 1];
            this.next = new long[now.length];
            add(now, 0);
        }

        private void add(long[] states, int state) {
            states[state / Long.SIZE] |= 1L << state;
            if (state < tokens.length && isRun(tokens[state])) {
                states[(state + 1) / Long.SIZE] |= 1L << (state + 1);
            }
        }

        void advance(int symbol) {
            Arrays.fill(next, 0);
            for (int word = 0; word < now.length; word++) {
                for (long bits = now[word]; bits != 0; bits &= bits - 1) {
                    int state = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                    if (state < tokens.length && takes(tokens[state], symbol)) {
                        add(next, isRun(tokens[state]) ? state : state + 1);
                    }
                }
            }
            long[] spare = now;
            now = next;
            next = spare;
        }

        boolean alive() {
            for (long word : now) {
                if (word != 0) {
                    return true;
                }
            }
            return false;
        }

        boolean atEnd() {
            return (now[tokens.length / Long.SIZE] & 1L << tokens.length) != 0;
        }
    }
}
