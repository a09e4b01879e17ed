package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.agent.channel.media.DescriptorBytes.keyboard;
import static org.sekisho.agent.channel.media.DescriptorBytes.stick;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.sekisho.agent.channel.media.MediaBench.Recorded;
import org.sekisho.agent.journal.AesJournalKey;
import org.sekisho.agent.journal.CheckpointSigner;
import org.sekisho.agent.journal.Clocks;
import org.sekisho.agent.journal.Importance;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.journal.JournalLimits;
import org.sekisho.agent.journal.JournalSetup;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;

/** Plugging in and out a thousand times: the guard, and the journal that counts what it brings. */
class PlugStormTest {
    private static final int PLUGS = 1_000;
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final String KEYBOARDS = "media:\n  classes: [keyboard, pointer]\nverdict: allow";

    @TempDir(factory = InMemory.class)
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final MediaBench bench = new MediaBench();

    /** A thousand commits, each synced, cost a disk half a minute. */
    static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "sekisho")
                    : Files.createTempDirectory("sekisho");
        }
    }

    /** Clocks that go on with the storm. */
    private final class StormClocks implements Clocks {
        @Override
        public long wallMicros() {
            return 1_764_000_000_000_000L + nanos.get() / 1_000;
        }

        @Override
        public long monotonicNanos() {
            return nanos.get();
        }

        @Override
        public long elapsedNanos() {
            return nanos.get();
        }
    }

    private Journal journal(Duration repeats) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        JournalLimits limits =
                new JournalLimits(4L << 20, 1L << 20, 2L << 20, 10, repeats, 10_000, Duration.ofHours(1));
        return Journal.open(
                folder,
                new JournalSetup(
                        "t",
                        new AesJournalKey(new byte[AesJournalKey.BYTES]),
                        limits,
                        CheckpointSigner.of(keys.getPrivate(), keys.getPublic()),
                        new StormClocks()));
    }

    /** What the server would be told of sticks, after a storm of two of them in one place. */
    private List<AttemptEvent> storm(Duration repeats, int plugs) throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1", "K", keyboard());
        try (Journal journal = journal(repeats)) {
            bench.journal = record -> {
                Event.Builder event = event(record);
                journal.record(event, Importance.of(event));
            };
            for (int i = 0; i < plugs; i++) {
                bench.plug("1-2", "S" + i % 2, stick(), "sda");
                bench.bus.unplug("1-2");
                bench.loop.run();
                bench.loop.advance(EVERY);
                nanos.addAndGet(EVERY.toNanos());
            }
        }
        try (Journal journal = journal(repeats)) {
            List<AttemptEvent> told = new ArrayList<>();
            for (long at = 0; at < journal.head().seq(); ) {
                for (ChainedEvent chained : journal.nextBatch(at, 100, 512 << 10)) {
                    Event event = parse(chained);
                    at = event.getSeq();
                    if (event.hasAttempt()) {
                        told.add(event.getAttempt());
                    }
                }
            }
            return told;
        }
    }

    private static Event.Builder event(Recorded record) {
        return Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder()
                        .setAttempt(record.attempt())
                        .setDecision(record.decision())
                        .setEnforcement(record.enforcement()));
    }

    private static Event parse(ChainedEvent chained) throws InvalidProtocolBufferException {
        return Event.parseFrom(chained.getBody());
    }

    private static int pluggings(List<AttemptEvent> told, String serial) {
        return told.stream()
                .filter(one -> one.getAttempt().getMedia().getSerial().equals(serial))
                .mapToInt(one -> Math.max(1, one.getCount()))
                .sum();
    }

    @Test
    void isToldWithCountsThatAddUpAndFewEvents() throws Exception {
        List<AttemptEvent> told = storm(Duration.ofSeconds(30), PLUGS);

        assertThat(bench.bus.announced).noneMatch(what -> what.startsWith("block"));
        assertThat(bench.bus.in("1-1")).as("the keyboard").hasSize(2);
        assertThat(pluggings(told, "S0")).isEqualTo(PLUGS / 2);
        assertThat(pluggings(told, "S1")).isEqualTo(PLUGS / 2);
        // 10 s: of each device one event at once and one with a count in two seconds, and the first without a
        // suspicion.
        assertThat(told).hasSizeLessThanOrEqualTo(2 * 2 * 5 + 1);
        assertThat(told.stream()
                        .map(one -> one.getAttempt().getMedia())
                        .map(MediaSubject::getInstance)
                        .distinct())
                .containsExactly("1-2");
        assertThat(bench.people.told()).as("of each once in two seconds").hasSizeBetween(2, 2 * 5 + 1);
    }

    @Test
    void whereTheJournalCountsNothingEachIsAnEvent() throws Exception {
        assertThat(storm(Duration.ZERO, 50)).hasSize(50);
    }
}
