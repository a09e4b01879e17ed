package org.sekisho.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sekisho.agent.journal.AesJournalKey;
import org.sekisho.agent.journal.CheckpointSigner;
import org.sekisho.agent.journal.Clocks;
import org.sekisho.agent.journal.Importance;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.journal.JournalLimits;
import org.sekisho.agent.journal.JournalSetup;
import org.sekisho.agent.local.LocalEnds;
import org.sekisho.agent.policy.PolicyStore;
import org.sekisho.agent.posture.ServiceQuery;
import org.sekisho.agent.uplink.Identity;
import org.sekisho.agent.uplink.TerminalKey;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.v1.AgentStarted;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Event;
import org.sekisho.v1.StatusAnswer;

/**
 * Tries what the agent depends on: its keys, its disk, its policy, its clock, its service, its server, its channels. Changes
 * nothing that the service works with.
 */
final class SelfTest {
    /**
     * What came of one check.
     *
     * @param check its name, which its texts are found by
     * @param detail what was found; may be empty
     */
    record Result(String check, boolean passed, String detail) {}

    private interface Check {
        /** Returns what was found; throws if it is not well. */
        String run() throws Exception;
    }

    private static final class NotWell extends Exception {
        private static final long serialVersionUID = 1L;

        NotWell(String detail) {
            super(detail);
        }
    }

    private final AgentConfig config;
    private final List<Result> results = new ArrayList<>();

    SelfTest(AgentConfig config) {
        this.config = config;
    }

    List<Result> run() {
        Optional<Identity> identity = identity();
        check("journal", this::journal);
        identity.ifPresent(self -> {
            check("policy", () -> policy(self));
            check("clock", () -> clock(self));
        });
        Optional<StatusAnswer> status = service();
        status.ifPresent(answer -> {
            check("connection", () -> connection(answer));
            for (ChannelState channel : answer.getChannelsList()) {
                check("channel", () -> channel(channel));
            }
        });
        return List.copyOf(results);
    }

    private Optional<Identity> identity() {
        try {
            Optional<Identity> found = new AgentStore(config).identities().load();
            results.add(new Result(
                    "keys", found.isPresent(), found.map(Identity::terminal).orElse("")));
            return found;
        } catch (IOException | RuntimeException e) {
            results.add(new Result("keys", false, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<StatusAnswer> service() {
        try {
            StatusAnswer answer = ServiceQuery.ask(LocalEnds.address(config.runtimeDir()));
            results.add(new Result("service", true, answer.getAgentVersion()));
            return Optional.of(answer);
        } catch (IOException e) {
            results.add(new Result("service", false, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** A journal of its own beside the real one, on the same disk: the service has that one open. */
    private String journal() throws Exception {
        Path folder = Files.createTempDirectory(config.stateDir(), "selftest-");
        try {
            byte[] key = new byte[AesJournalKey.BYTES];
            new SecureRandom().nextBytes(key);
            KeyPair signer = TerminalKey.generate();
            JournalSetup setup = new JournalSetup(
                    "selftest",
                    new AesJournalKey(key),
                    JournalLimits.STANDARD,
                    CheckpointSigner.of(signer.getPrivate(), signer.getPublic()),
                    Clocks.system());
            Path journal = folder.resolve("journal");
            try (Journal written = Journal.open(journal, setup)) {
                written.record(
                        Event.newBuilder().setAgentStarted(AgentStarted.getDefaultInstance()), Importance.MUST_KEEP);
            }
            // Opening verifies every event.
            try (Journal read = Journal.open(journal, setup)) {
                if (read.opening().damage().isPresent()
                        || read.nextBatch(0, 1, 1 << 20).isEmpty()) {
                    throw new NotWell("what was written could not be read back");
                }
            }
            return config.stateDir().toString();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private String policy(Identity self) throws Exception {
        PolicyStore.Found found = new AgentStore(config)
                .policies(self)
                .load(
                        new PolicyVerifier(
                                self.policyKeys(),
                                self.tenant(),
                                Set.of("segment:" + self.segment().name(), "terminal:" + self.terminal())),
                        Instant.now());
        if (!found.tampered().isEmpty()) {
            throw new NotWell(found.tampered().getFirst().getWhat() + ": "
                    + found.tampered().getFirst().getDetail());
        }
        return Long.toUnsignedString(found.running().revision());
    }

    private static String clock(Identity self) throws NotWell {
        Instant now = Instant.now();
        Instant from = self.certificate().getNotBefore().toInstant();
        Instant until = self.certificate().getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new NotWell("%s, the certificate is valid from %s until %s".formatted(now, from, until));
        }
        return now.toString();
    }

    private static String connection(StatusAnswer answer) throws NotWell {
        if (!answer.getConnected()) {
            throw new NotWell(answer.getServer());
        }
        return answer.getServer();
    }

    private static String channel(ChannelState channel) throws NotWell {
        String text = "%s %s %s"
                .formatted(channel.getChannel(), channel.getMode(), channel.getDetail())
                .strip();
        if (channel.getMode() == ChannelMode.MODE_FAILED) {
            throw new NotWell(text);
        }
        return text;
    }

    private void check(String name, Check check) {
        try {
            results.add(new Result(name, true, check.run()));
        } catch (Exception e) {
            results.add(new Result(name, false, String.valueOf(e.getMessage())));
        }
    }
}
