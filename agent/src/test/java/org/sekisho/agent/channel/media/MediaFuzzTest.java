package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Whatever a device or a process sends: no exception but the one that is meant, no endless loop, nothing unbounded. */
final class MediaFuzzTest {
    @FuzzTest
    void anyDescriptors(byte[] bytes) {
        try {
            UsbDescriptors parsed = UsbDescriptors.parse(bytes);
            assertThat(parsed.settings()).hasSizeLessThanOrEqualTo(UsbDescriptors.MOST_SETTINGS);
            assertThat(UsbClasses.functions(parsed, "card reader")).allSatisfy(function -> {
                assertThat(function.classes()).isNotEmpty();
                assertThat(function.triples()).isNotEmpty();
            });
        } catch (BrokenDescriptorsException e) {
            assertThat(e.getMessage()).contains("at byte");
        }
    }

    @FuzzTest
    void anyUevent(byte[] bytes) {
        Optional<Uevent> event = Uevent.parse(bytes, bytes.length);
        event.ifPresent(one -> assertThat(one.action()).isNotEmpty());
    }

    @FuzzTest
    void anyFirstSector(byte[] bytes) {
        assertThat(StorageSignature.isEncrypted(bytes) && bytes.length < 8).isFalse();
    }
}
