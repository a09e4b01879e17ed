package org.sekisho.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.local.FrameException.Fault;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.StatusQuery;

class FramesTest {

    @Test
    void aMessageComesBackAsItWasWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DesktopMessage first = hello(":99", 32);
        DesktopMessage second = DesktopMessage.newBuilder()
                .setStatusQuery(StatusQuery.getDefaultInstance())
                .build();

        Frames.write(out, first);
        Frames.write(out, second);

        InputStream in = new ByteArrayInputStream(out.toByteArray());
        assertThat(Frames.read(in, DesktopMessage.parser())).contains(first);
        assertThat(Frames.read(in, DesktopMessage.parser())).contains(second);
        assertThat(Frames.read(in, DesktopMessage.parser())).isEmpty();
    }

    @Test
    void theLengthIsFourBytesBigEndian() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Frames.write(out, hello(":0", 300));

        byte[] frame = out.toByteArray();
        assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
    }

    @Test
    void anEmptyMessageIsAFrame() throws IOException {
        assertThat(Frames.read(bytes(0, 0, 0, 0), DesktopMessage.parser()))
                .contains(DesktopMessage.getDefaultInstance());
    }

    @Test
    void aFrameCutAnywhereIsTruncated() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.write(out, hello(":1", 10));
        byte[] whole = out.toByteArray();

        for (int cut = 1; cut < whole.length; cut++) {
            InputStream in = new ByteArrayInputStream(Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> Frames.read(in, DesktopMessage.parser()))
                    .as("cut at %d", cut)
                    .isInstanceOfSatisfying(
                            FrameException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRUNCATED));
        }
    }

    @Test
    void aClaimOverTheLimitIsRefusedBeforeItIsRead() {
        InputStream in = bytes(0xff, 0xff, 0xff, 0xff, 1, 2, 3);

        assertThatThrownBy(() -> Frames.read(in, DesktopMessage.parser()))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OVERSIZE))
                .hasMessageContaining("4294967295");
    }

    @Test
    void theLargestMessagePassesAndOneByteMoreDoesNot() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int overhead = hello("", Frames.MAX_BYTES - 100).getSerializedSize() - (Frames.MAX_BYTES - 100);
        DesktopMessage largest = hello("", Frames.MAX_BYTES - overhead);
        assertThat(largest.getSerializedSize()).isEqualTo(Frames.MAX_BYTES);

        Frames.write(out, largest);
        assertThat(Frames.read(new ByteArrayInputStream(out.toByteArray()), DesktopMessage.parser()))
                .contains(largest);

        out.reset();
        assertThatThrownBy(() -> Frames.write(out, hello("", Frames.MAX_BYTES - overhead + 1)))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OVERSIZE));
        assertThat(out.size()).isZero();
    }

    @Test
    void garbageIsNamedAndNotQuoted() {
        InputStream in = bytes(0, 0, 0, 3, 0x0a, 0x7f, 0x41);

        assertThatThrownBy(() -> Frames.read(in, DesktopMessage.parser()))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.fault()).isEqualTo(Fault.GARBAGE))
                .hasNoCause();
    }

    @Test
    void framesOfManyThreadsDoNotMix() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            DesktopMessage message = hello("s", i);
            writers.add(() -> {
                Frames.write(out, message);
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isTrue();
            }
        }

        InputStream in = new ByteArrayInputStream(out.toByteArray());
        for (int i = 0; i < 400; i++) {
            assertThat(Frames.read(in, DesktopMessage.parser()))
                    .hasValueSatisfying(m -> assertThat(m.hasHello()).isTrue());
        }
        assertThat(Frames.read(in, DesktopMessage.parser())).isEmpty();
    }

    private static DesktopMessage hello(String session, int ticketBytes) {
        return DesktopMessage.newBuilder()
                .setHello(DesktopHello.newBuilder()
                        .setSession(session)
                        .setTicket(ByteString.copyFrom(new byte[ticketBytes])))
                .build();
    }

    private static InputStream bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new ByteArrayInputStream(bytes);
    }
}
