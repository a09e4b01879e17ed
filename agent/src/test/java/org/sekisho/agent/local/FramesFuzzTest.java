package org.sekisho.agent.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.sekisho.v1.DesktopMessage;

class FramesFuzzTest {

    /** Whatever a peer sends is read as messages that can be written again, or refused by a {@link FrameException}. */
    @FuzzTest(maxDuration = "20s")
    void anyBytes(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            Optional<DesktopMessage> message = Frames.read(in, DesktopMessage.parser());
            while (message.isPresent()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Frames.write(out, message.get());
                assertThat(Frames.read(new ByteArrayInputStream(out.toByteArray()), DesktopMessage.parser()))
                        .isEqualTo(message);
                message = Frames.read(in, DesktopMessage.parser());
            }
        } catch (FrameException refused) {
            assertThat(refused.fault()).isNotNull();
        }
    }
}
