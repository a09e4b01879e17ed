package org.sekisho.agent.journal;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.event.ChainHead;
import org.sekisho.event.ChainStep;
import org.sekisho.event.ChainVerifier;
import org.sekisho.v1.AgentStopped;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Event;
import org.sekisho.v1.Process;
import org.sekisho.v1.Verdict;

/** What the tests of the journal share. */
final class Fixtures {
    static final String TERMINAL = "t-0001";

    /** The standard ones, but small, and nothing is counted together. */
    static final JournalLimits SMALL =
            new JournalLimits(4L << 20, 256 << 10, 2L << 20, 10, Duration.ZERO, 1_000, Duration.ofHours(1));

    static final KeyPair SIGNING = p256();
    static final JournalKey KEY = new AesJournalKey(secret(7));

    private Fixtures() {}

    static byte[] secret(int fill) {
        byte[] secret = new byte[AesJournalKey.BYTES];
        Arrays.fill(secret, (byte) fill);
        return secret;
    }

    static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JournalSetup setup(JournalLimits limits) {
        return setup(limits, Clocks.system());
    }

    static JournalSetup setup(JournalLimits limits, Clocks clocks) {
        return new JournalSetup(
                TERMINAL, KEY, limits, CheckpointSigner.of(SIGNING.getPrivate(), SIGNING.getPublic()), clocks);
    }

    static Event.Builder stopped(String cause) {
        return Event.newBuilder().setAgentStopped(AgentStopped.newBuilder().setCause(cause));
    }

    static Event.Builder attempt(Verdict verdict, String user) {
        return attempt(verdict, user, 100);
    }

    static Event.Builder attempt(Verdict verdict, String user, int pid) {
        return Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder()
                        .setAttempt(Attempt.newBuilder()
                                .setChannel(Channel.CLIPBOARD)
                                .setClipboard(ClipboardSubject.newBuilder()
                                        .setSource(Process.newBuilder()
                                                .setPid(pid)
                                                .setPath("/usr/bin/soffice")
                                                .setWindowTitle("window of " + pid))))
                        .setCircumstances(Circumstances.newBuilder()
                                .setTerminal(TERMINAL)
                                .setUser(user)
                                .setAtMicros(pid))
                        .setDecision(Decision.newBuilder().setVerdict(verdict).setRule("r-1")));
    }

    /** Everything that the uplink would get, checked link by link. */
    static List<Event> readAll(Journal journal) {
        return readAfter(journal, journal.oldestSeq() - 1);
    }

    static List<Event> readAfter(Journal journal, long after) {
        List<Event> events = new ArrayList<>();
        ChainVerifier verifier = null;
        for (long at = after; ; ) {
            List<ChainedEvent> batch = journal.nextBatch(at, 100, 512 << 10);
            if (batch.isEmpty()) {
                return events;
            }
            for (ChainedEvent chained : batch) {
                Event event = parse(chained);
                ChainHead before = new ChainHead(event.getSeq() - 1, chained.getPrevHash());
                if (verifier == null || event.hasLoss()) {
                    verifier = new ChainVerifier(TERMINAL, before);
                }
                ChainStep step = verifier.accept(chained);
                if (!(step instanceof ChainStep.Linked)) {
                    throw new AssertionError("event " + event.getSeq() + " is not linked: " + step);
                }
                events.add(event);
                at = event.getSeq();
            }
        }
    }

    static Event parse(ChainedEvent chained) {
        try {
            return Event.parseFrom(chained.getBody());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> causes(List<Event> events) {
        return events.stream()
                .filter(Event::hasAgentStopped)
                .map(event -> event.getAgentStopped().getCause())
                .toList();
    }

    static StoreScan.Result scan(Path folder) {
        return StoreScan.scan(new StoreFiles(folder).store(), KEY, (before, event) -> null);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    static long sizeOf(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
