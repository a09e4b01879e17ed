package org.sekisho.agent.content.text;

/** Puts together the characters of RTF: pairs of CP932 bytes, and pairs of UTF-16 surrogates. */
final class RtfCharacters {
    private static final char NONE = '\uFFFD';

    private final Utf8Writer out;
    /** First byte of a pair; 0 if none waits. */
    private int lead;
    /** First surrogate of a pair; 0 if none waits. */
    private char high;

    RtfCharacters(Utf8Writer out) {
        this.out = out;
    }

    /** Takes a byte of CP932. */
    void put(byte b) {
        breakSurrogates();
        int value = b & 0xFF;
        if (lead != 0) {
            char pair = LegacyCharset.CP932.pair(lead, value);
            lead = 0;
            out.put(pair);
            if (pair != NONE) {
                return;
            }
        }
        char single = LegacyCharset.CP932.single(value);
        if (single == NONE) {
            lead = value;
        } else {
            out.put(single);
        }
    }

    /** Takes a unit of UTF-16. */
    void unit(char unit) {
        breakLead();
        if (high != 0 && Character.isLowSurrogate(unit)) {
            out.put(Character.toCodePoint(high, unit));
            high = 0;
            return;
        }
        breakSurrogates();
        if (Character.isHighSurrogate(unit)) {
            high = unit;
        } else {
            out.put(unit);
        }
    }

    /** What comes next is no part of a pair. */
    void breakPair() {
        breakLead();
        breakSurrogates();
    }

    private void breakLead() {
        if (lead != 0) {
            out.put(NONE);
            lead = 0;
        }
    }

    private void breakSurrogates() {
        if (high != 0) {
            out.put(high);
            high = 0;
        }
    }
}
