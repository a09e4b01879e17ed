package org.sekisho.agent.content.text;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A character reference of HTML, behind its ampersand; numeric ones may lack the semicolon, as browsers allow. */
final class HtmlReference {
    /** "#x10FFFF" with leading zeros. */
    private static final int MAX_LENGTH = 24;

    /** Those that can stand in or beside a number. */
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("nbsp", 0xA0),
            Map.entry("ensp", 0x2002),
            Map.entry("emsp", 0x2003),
            Map.entry("thinsp", 0x2009),
            Map.entry("shy", 0xAD),
            Map.entry("zwnj", 0x200C),
            Map.entry("zwj", 0x200D),
            Map.entry("hyphen", 0x2010),
            Map.entry("dash", 0x2010),
            Map.entry("ndash", 0x2013),
            Map.entry("mdash", 0x2014),
            Map.entry("minus", 0x2212),
            Map.entry("middot", 0xB7),
            Map.entry("bull", 0x2022),
            Map.entry("period", (int) '.'),
            Map.entry("comma", (int) ','),
            Map.entry("sol", (int) '/'),
            Map.entry("lowbar", (int) '_'),
            Map.entry("Tab", (int) '\t'),
            Map.entry("NewLine", (int) '\n'),
            Map.entry("quot", (int) '"'),
            Map.entry("apos", (int) '\''),
            Map.entry("lt", (int) '<'),
            Map.entry("gt", (int) '>'),
            Map.entry("amp", (int) '&'));

    private final Utf8Writer out;
    private final byte[] body = new byte[MAX_LENGTH];
    private int length;
    private boolean closed;

    HtmlReference(Utf8Writer out) {
        this.out = out;
    }

    void begin() {
        length = 0;
        closed = false;
    }

    /** Takes a byte; false if the reference is over, and then {@link #isClosed()} tells whether the byte belonged to it. */
    boolean take(byte b) {
        boolean fits =
                (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b == '#' && length == 0);
        if (fits && length < MAX_LENGTH && !(isDecimal() && (b < '0' || b > '9'))) {
            body[length++] = b;
            return true;
        }
        closed = write() && b == ';';
        return false;
    }

    boolean isClosed() {
        return closed;
    }

    /** The text ends within the reference. */
    void end() {
        write();
    }

    private boolean isDecimal() {
        return length >= 2 && body[0] == '#' && body[1] >= '0' && body[1] <= '9';
    }

    /** Writes the character, or what stands there if it is none; says which. */
    private boolean write() {
        int codePoint = length > 1 && body[0] == '#' ? numeric() : named();
        if (codePoint >= 0) {
            out.put(codePoint);
            return true;
        }
        out.put('&');
        for (int i = 0; i < length; i++) {
            out.raw(body[i]);
        }
        return false;
    }

    private int named() {
        return NAMED.getOrDefault(new String(body, 0, length, StandardCharsets.US_ASCII), -1);
    }

    private int numeric() {
        int radix = body[1] == 'x' || body[1] == 'X' ? 16 : 10;
        int at = radix == 16 ? 2 : 1;
        if (at == length) {
            return -1;
        }
        int value = 0;
        for (; at < length; at++) {
            int digit = Character.digit(body[at], radix);
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * radix + digit, 0x110000);
        }
        return value < 0x110000 ? value : -1;
    }
}
