package org.sekisho.agent.content.text;

/** Whether bytes are UTF-16, and of which byte order; byte order mark or not. */
enum Utf16Guess {
    NOT_UTF16,
    LITTLE_ENDIAN,
    BIG_ENDIAN;

    /** One unit in so many is a character of a Japanese or Latin text, or it isn't UTF-16. */
    private static final double PLAUSIBLE = 0.9;
    /** NUL bytes come from ASCII in UTF-16: in a text without, other encodings are tried first. */
    private static final double NUL_SHARE = 1.0 / 64;

    /** So many bytes that are ASCII digits would be four characters from U+3030 to U+3939, which no text has in a row. */
    private static final int DIGITS_NOT_CHARACTERS = 8;
    /** Kana and kanji have one byte in the range of ASCII, seldom both. */
    private static final double ASCII_SHARE = 0.85;

    /** By the byte order mark alone (RFC 2781, section 3.2). */
    static Utf16Guess byMark(byte[] bytes, int length) {
        if (length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return LITTLE_ENDIAN;
        }
        return length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF ? BIG_ENDIAN : NOT_UTF16;
    }

    /** By what the bytes would read as. */
    static Utf16Guess byContent(byte[] bytes, int length) {
        int units = length / 2;
        if (units == 0) {
            return NOT_UTF16;
        }
        int little = 0;
        int big = 0;
        int nuls = 0;
        boolean ascii = true;
        for (int i = 0; i + 1 < length; i += 2) {
            int first = bytes[i] & 0xFF;
            int second = bytes[i + 1] & 0xFF;
            little += isPlausible(second << 8 | first) ? 1 : 0;
            big += isPlausible(first << 8 | second) ? 1 : 0;
            nuls += (first == 0 ? 1 : 0) + (second == 0 ? 1 : 0);
            ascii &= (first | second) < 0x80;
        }
        boolean enoughNuls = nuls > length * NUL_SHARE;
        if (!enoughNuls && (ascii || isOtherwiseClean(bytes, length))) {
            return NOT_UTF16;
        }
        if (Math.max(little, big) < PLAUSIBLE * units) {
            return NOT_UTF16;
        }
        return little >= big ? LITTLE_ENDIAN : BIG_ENDIAN;
    }

    /** Whether a block of what is taken for UTF-16 could be ASCII text, or has a run of ASCII digits in it. */
    static boolean isDoubtful(byte[] bytes, int length) {
        int printable = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[i];
            printable += b >= 0x20 || b == '\n' || b == '\r' || b == '\t' ? 1 : 0;
            digits = b >= '0' && b <= '9' ? digits + 1 : 0;
            if (digits >= DIGITS_NOT_CHARACTERS) {
                return true;
            }
        }
        return printable >= ASCII_SHARE * length;
    }

    private static boolean isOtherwiseClean(byte[] bytes, int length) {
        return Utf8Check.isValid(bytes, 0, Utf8Check.wholeEnd(bytes, 0, length))
                || LegacyCharset.CP932.read(bytes, 0, length).invalid() <= 1
                || LegacyCharset.EUC_JP.read(bytes, 0, length).invalid() <= 1;
    }

    private static boolean isPlausible(int unit) {
        return unit == '\t'
                || unit == '\n'
                || unit == '\r'
                || (unit >= 0x20 && unit < 0x7F)
                || (unit >= 0xA0 && unit < 0x700)
                || (unit >= 0x2000 && unit < 0x2600)
                || (unit >= 0x3000 && unit < 0x3100)
                || (unit >= 0x4E00 && unit < 0xA000)
                || (unit >= 0xD800 && unit < 0xE000)
                || (unit >= 0xFF01 && unit < 0xFFA0);
    }
}
