package org.sekisho.control.event.ingest;

/**
 * Brings what a terminal sends into what PostgreSQL's columns take, so that one odd value can't fail a whole commit.
 * The recorded bytes stay as they are. Pure.
 */
final class Columns {
    /** As long as Windows' longest account name with its domain; what is longer is cut in the column only. */
    static final int MAX_TEXT = 256;

    /** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: within timestamptz and ISO 8601's four digits. */
    private static final long EARLIEST_MICROS = -62_135_596_800_000_000L;

    private static final long LATEST_MICROS = 253_402_300_799_000_000L;

    private Columns() {}

    /** Without NUL, which PostgreSQL's text can't hold, and not longer than {@value #MAX_TEXT}. */
    static String text(String sent) {
        String clean = sent.indexOf('\0') < 0 ? sent : sent.replace('\0', '\uFFFD');
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return clean.substring(0, end);
    }

    /** A time that the store can hold; clocks may say anything. */
    static long storable(long micros) {
        return Math.clamp(micros, EARLIEST_MICROS, LATEST_MICROS);
    }
}
