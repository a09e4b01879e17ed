package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sekisho.v1.Label;

/** Any bytes, as any kind of content: no exception, no endless loop, and the same findings byte by byte. */
final class ContentFuzzTest {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        for (ContentKind kind : ContentKind.values()) {
            List<Label> whole = Inspect.labels(kind, bytes);
            Inspection byByte = ContentInspector.of(Inspect.FINGERPRINTER).open(kind);
            for (int i = 0; i < bytes.length; i++) {
                byByte.update(bytes, i, 1);
            }
            assertThat(byByte.finish()).isEqualTo(whole);
        }
    }

    @FuzzTest
    void masksAnything(byte[] bytes) {
        String masked = Masker.mask(new String(bytes, StandardCharsets.UTF_8));
        assertThat(masked).doesNotContainPattern("[0-9]{10}");
    }
}
