package org.sekisho.agent.content.text;

import java.util.Arrays;
import java.util.function.Supplier;
import org.sekisho.agent.content.text.LegacyCharset.Reading;

/** Reads blocks of lines that are not all UTF-8, each line by the encoding that fits it. */
final class LineReader {
    /** A line that is longer may be cut where a character is. */
    private static final int MAX_LINE = 16 * 1024;
    /** Trailing bytes of CP932 begin here, those of EUC-JP above: what is below is a character of its own. */
    private static final int NEVER_TRAILING = 0x40;

    private final Utf8Sink sink;
    private final Utf8Writer out;
    private final Supplier<Utf8Sink> other;
    /** What the lines of the block before were. */
    private LegacyCharset likely = LegacyCharset.CP932;
    /** The block before could be read by that, and by nothing else. */
    private boolean settled;

    private byte[] wholeBlock = new byte[0];

    LineReader(Utf8Sink sink, Supplier<Utf8Sink> other) {
        this.sink = sink;
        this.out = new Utf8Writer(sink);
        this.other = other;
    }

    /** Where a full block is to be cut: behind its last line, or at least between two characters. */
    static int cut(byte[] block, int length) {
        for (int at = length; at > length - MAX_LINE; at--) {
            if (block[at - 1] == '\n') {
                return at;
            }
        }
        for (int at = length; at > length - MAX_LINE; at--) {
            if (block[at - 1] >= 0 && block[at - 1] < NEVER_TRAILING) {
                return at;
            }
        }
        return length;
    }

    void read(byte[] block, int length) {
        if (!settled || !readWhole(block, length)) {
            readLines(block, length);
        }
    }

    void wipe() {
        Arrays.fill(wholeBlock, (byte) 0);
    }

    /** Large files of one encoding needn't be looked at line by line. */
    private boolean readWhole(byte[] block, int length) {
        if (wholeBlock.length < 3 * length) {
            wholeBlock = new byte[3 * length];
        }
        int written = likely.decodeClean(block, length, wholeBlock);
        if (written < 0) {
            return false;
        }
        sink.accept(wholeBlock, 0, written);
        return true;
    }

    private void readLines(byte[] block, int length) {
        boolean uniform = true;
        LegacyCharset unlikely = likely == LegacyCharset.CP932 ? LegacyCharset.EUC_JP : LegacyCharset.CP932;
        Reading asLikely = Reading.NOTHING;
        Reading asUnlikely = Reading.NOTHING;
        for (int at = 0; at < length; ) {
            int end = lineEnd(block, at, length);
            Sort sort = sort(block, at, end);
            uniform &= sort == Sort.LEGACY || Utf8Check.isAscii(block, at, end);
            if (sort == Sort.LEGACY) {
                asLikely = asLikely.plus(likely.read(block, at, end));
                asUnlikely = asUnlikely.plus(unlikely.read(block, at, end));
            }
            at = end;
        }
        LegacyCharset chosen = asUnlikely.isBetterThan(asLikely) ? unlikely : likely;
        boolean doubtful = asUnlikely.invalid() == asLikely.invalid() && asUnlikely.weight() + asLikely.weight() > 0;
        write(block, length, chosen, out);
        out.flush();
        if (doubtful) {
            Utf8Writer second = new Utf8Writer(other.get());
            write(block, length, chosen == likely ? unlikely : likely, second);
            second.flush();
        }
        likely = chosen;
        settled = uniform && !doubtful && Math.min(asLikely.invalid(), asUnlikely.invalid()) == 0;
    }

    private static void write(byte[] block, int length, LegacyCharset legacy, Utf8Writer out) {
        for (int at = 0; at < length; ) {
            int end = lineEnd(block, at, length);
            switch (sort(block, at, end)) {
                case UTF8 -> {
                    for (int i = at; i < end; i++) {
                        out.raw(block[i]);
                    }
                }
                case ISO_2022_JP -> Iso2022Jp.decode(block, at, end, out);
                case LEGACY -> legacy.decode(block, at, end, out);
            }
            at = end;
        }
    }

    private static Sort sort(byte[] block, int from, int to) {
        if (Utf8Check.isValid(block, from, to)) {
            return Iso2022Jp.isIn(block, from, to) ? Sort.ISO_2022_JP : Sort.UTF8;
        }
        return Utf8Check.isMostlyValid(block, from, to) ? Sort.UTF8 : Sort.LEGACY;
    }

    private static int lineEnd(byte[] block, int from, int length) {
        for (int at = from; at < length; at++) {
            if (block[at] == '\n') {
                return at + 1;
            }
        }
        return length;
    }

    private enum Sort {
        UTF8,
        ISO_2022_JP,
        LEGACY
    }
}
