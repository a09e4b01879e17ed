package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, and however much, takes the same memory. */
final class BoundsTest {
    private static final long GIBIBYTE = 1L << 30;
    /** Buffers of a few hundred KiB, made once; a leak of one byte in a hundred would be ten times this. */
    private static final long ALLOWED = 8L << 20;

    @Test
    void aGibibyteAllocatesNoMoreThanItsFirstBlocks() {
        byte[] chunk = "住民の個人情報を扱う。令和6年11月22日 1,234,567円 tel 0258-35-1122\n"
                .repeat(4000)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(allocated(chunk, GIBIBYTE)).isLessThan(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "1\n",
                "1,2,",
                "12 34 ",
                "1234-",
                "<",
                "<td>",
                "&#49;",
                "\\'82",
                "{",
                "\u200B",
                "１",
                "一",
                "123456789018 "
            })
    void endlessRepetitionNeitherGrowsNorStops(String pattern) {
        byte[] chunk = pattern.repeat(20_000).getBytes(StandardCharsets.UTF_8);
        for (ContentKind kind : ContentKind.values()) {
            Inspection inspection = ContentInspector.of(Inspect.FINGERPRINTER).open(kind);
            long before = allocatedByThread();
            for (int i = 0; i < 20; i++) {
                inspection.update(chunk, 0, chunk.length);
            }
            assertThat(allocatedByThread() - before).as(kind.name()).isLessThan(ALLOWED);
            assertThat(inspection.finish()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void aFinishedInspectionTakesNoMore() {
        Inspection inspection = ContentInspector.of(Inspect.FINGERPRINTER).open(ContentKind.PLAIN_BYTES);
        assertThat(inspection.finish()).isEmpty();
        assertThatThrownBy(inspection::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> inspection.update(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new HmacFingerprinter(new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }

    private static long allocated(byte[] chunk, long total) {
        Inspection inspection = ContentInspector.of(Inspect.FINGERPRINTER).open(ContentKind.PLAIN_BYTES);
        long before = allocatedByThread();
        for (long fed = 0; fed < total; fed += chunk.length) {
            inspection.update(chunk, 0, chunk.length);
        }
        long after = allocatedByThread();
        inspection.finish();
        return after - before;
    }

    private static long allocatedByThread() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
