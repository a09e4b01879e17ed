package org.sekisho.agent.content.text;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Text of an unknown encoding: UTF-8, UTF-16, CP932, EUC-JP, ISO-2022-JP, and any mixture by lines of all but UTF-16.
 *
 * <p>UTF-16 is decided from the first block of 64 KiB. Otherwise each block is looked at anew: what is well-formed UTF-8 passes
 * as it is; in any other block each line is read for itself. Where two readings are possible, the less likely one goes to a
 * second sink, so that whoever counts numbers takes the greater count and no wrong guess hides any. Blocks are cut at the
 * same places however the bytes come in.
 */
public final class UnknownText implements ByteSink {
    private static final int BLOCK = 64 * 1024;

    private final byte[] block = new byte[BLOCK];
    private final Utf8Sink sink;
    private final Supplier<Utf8Sink> otherSinks;
    private final boolean maybeUtf16;
    private final LineReader lines;
    private int fill;
    private boolean first = true;
    private @Nullable Utf16Text utf16;
    private @Nullable Utf8Sink other;

    /**
     * A reader of one text.
     *
     * @param sink takes the likeliest reading
     * @param otherSinks gives, at most once, the sink of the less likely readings
     * @param maybeUtf16 false where the text is declared to be something else
     */
    public UnknownText(Utf8Sink sink, Supplier<Utf8Sink> otherSinks, boolean maybeUtf16) {
        this.sink = sink;
        this.otherSinks = otherSinks;
        this.maybeUtf16 = maybeUtf16;
        this.lines = new LineReader(sink, this::other);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, BLOCK - fill);
            System.arraycopy(bytes, at, block, fill, taken);
            fill += taken;
            at += taken;
            left -= taken;
            if (fill == BLOCK) {
                process(false);
            }
        }
    }

    @Override
    public void end() {
        process(true);
        Arrays.fill(block, (byte) 0);
        lines.wipe();
        if (utf16 != null) {
            utf16.end();
        } else {
            sink.end();
        }
        if (other != null) {
            other.end();
        }
    }

    private void process(boolean last) {
        if (first && maybeUtf16) {
            utf16 = utf16();
        }
        boolean wasFirst = first;
        first = false;
        if (utf16 != null) {
            utf16.update(block, 0, fill);
            if (Utf16Guess.isDoubtful(block, fill)) {
                // As single bytes too: then a wrong guess can't hide ASCII digits.
                other().accept(block, 0, fill);
            }
            fill = 0;
            return;
        }
        int whole = last ? fill : Utf8Check.wholeEnd(block, 0, fill);
        if (Utf8Check.balances(block, 0, whole) && (!wasFirst || Utf8Check.isValid(block, 0, whole))) {
            sink.accept(block, 0, whole);
            keepFrom(whole);
        } else {
            int end = last ? fill : LineReader.cut(block, fill);
            lines.read(block, end);
            keepFrom(end);
        }
    }

    private void keepFrom(int position) {
        System.arraycopy(block, position, block, 0, fill - position);
        fill -= position;
    }

    private @Nullable Utf16Text utf16() {
        Utf16Guess byMark = Utf16Guess.byMark(block, fill);
        Utf16Guess guess = byMark == Utf16Guess.NOT_UTF16 ? Utf16Guess.byContent(block, fill) : byMark;
        return switch (guess) {
            case NOT_UTF16 -> null;
            case LITTLE_ENDIAN -> Utf16Text.littleEndian(sink);
            case BIG_ENDIAN -> Utf16Text.bigEndian(sink);
        };
    }

    private Utf8Sink other() {
        if (other == null) {
            other = otherSinks.get();
        }
        return other;
    }
}
