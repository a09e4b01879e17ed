package org.sekisho.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.sekisho.agent.command.CommandDesk;
import org.sekisho.agent.command.Commands;
import org.sekisho.agent.desktop.HelperRecords;
import org.sekisho.agent.journal.AesJournalKey;
import org.sekisho.agent.journal.Clocks;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.journal.JournalLimits;
import org.sekisho.agent.journal.JournalSetup;
import org.sekisho.agent.permit.HeldDocument;
import org.sekisho.agent.permit.HeldMediaRegister;
import org.sekisho.agent.permit.HeldPermits;
import org.sekisho.agent.permit.TimeFile;
import org.sekisho.agent.permit.TrustedTime;
import org.sekisho.agent.permit.UseFile;
import org.sekisho.agent.policy.IsolationFile;
import org.sekisho.agent.policy.OrgAssignment;
import org.sekisho.agent.policy.PolicyStore;
import org.sekisho.agent.policy.PolicySwitch;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.agent.sealed.FloorFile;
import org.sekisho.agent.sealed.SealedFile;
import org.sekisho.agent.sealed.SealingKey;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.agent.uplink.Identity;
import org.sekisho.agent.uplink.IdentityVault;
import org.sekisho.agent.uplink.LiveIdentity;
import org.sekisho.event.Checkpoints;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Event;
import org.sekisho.v1.Notice;

/**
 * What the agent keeps on disk, and where. Journal and policies belong to one enrolment: another one begins its own beside
 * them, and the old ones stay as evidence.
 */
final class AgentStore {
    private static final String JOURNAL_KEY = "journal-key";
    /** Characters of the hash that names an enrolment: an accident never makes two alike. */
    private static final int SCOPE_CHARACTERS = 16;

    private final AgentConfig config;
    private final SecretStore secrets;

    AgentStore(AgentConfig config) throws IOException {
        this.config = config;
        this.secrets = SecretStore.forPlatform(config.stateDir());
    }

    IdentityVault identities() {
        return new IdentityVault(secrets);
    }

    HelperRecords helpers() {
        return new HelperRecords(secrets);
    }

    PolicyStore policies(Identity identity) throws IOException {
        return new PolicyStore(config.stateDir().resolve("policy"), scope(identity), secrets);
    }

    /** Copies of one enrolment are for its server alone; what a run before this one left unfinished fails. */
    ShadowFolder shadows(Identity identity) throws IOException {
        ShadowFolder folder =
                new ShadowFolder(config.stateDir().resolve("shadow-copies").resolve(scope(identity)));
        folder.failUnfinished("the agent ended before the copy was written");
        return folder;
    }

    IsolationFile isolation(Identity identity) {
        return new IsolationFile(secrets, scope(identity));
    }

    CommandDesk commands(
            Identity identity,
            PolicySwitch policies,
            Runnable readStatus,
            ToIntFunction<Notice> desktops,
            Consumer<Event.Builder> events)
            throws IOException {
        return Commands.desk(secrets, scope(identity), policies::isolate, readStatus, desktops, events);
    }

    /**
     * What is held of permits and of the media register.
     *
     * @param loop theirs
     * @param changed called on the loop whenever decisions may differ from those before
     */
    AgentPermits permits(Identity identity, EventLoop loop, Consumer<Event.Builder> events, Runnable changed)
            throws IOException {
        String scope = scope(identity);
        Path folder = config.stateDir().resolve("policy").resolve(scope);
        SealingKey key = SealingKey.of(secrets);
        TrustedTime time = new TrustedTime(
                new TimeFile(secrets, "time-" + scope, key), Clocks.system()::elapsedNanos, InstantSource.system());
        return new AgentPermits(
                new HeldPermits(
                        loop,
                        new HeldDocument<>(
                                DocumentKind.PERMIT_BOOK,
                                new SealedFile(folder, "permits", key),
                                new FloorFile(secrets, "permit-floor-" + scope, key),
                                DocumentVerifier.permits(identity.policyKeys(), identity.tenant(), identity.terminal()),
                                events),
                        new UseFile(secrets, "permit-uses-" + scope, key),
                        time,
                        events,
                        changed),
                new HeldMediaRegister(
                        loop,
                        new HeldDocument<>(
                                DocumentKind.MEDIA_REGISTER,
                                new SealedFile(folder, "media-register", key),
                                new FloorFile(secrets, "media-register-floor-" + scope, key),
                                DocumentVerifier.mediaRegister(
                                        identity.policyKeys(), identity.tenant(), identity.segment()),
                                events),
                        time,
                        changed));
    }

    OrgAssignment assignment(Identity identity, Executor disk) throws IOException {
        return new OrgAssignment(secrets, scope(identity), disk);
    }

    Journal journal(LiveIdentity identity) throws IOException {
        JournalLimits standard = JournalLimits.STANDARD;
        JournalLimits limits = new JournalLimits(
                config.journalBytes(),
                Math.min(standard.reservedBytes(), config.journalBytes() / 8),
                Math.min(standard.logBytes(), config.journalBytes() / 4),
                standard.historyEvents(),
                config.journalRepeat(),
                standard.checkpointEvents(),
                standard.checkpointInterval());
        return Journal.open(
                journalFolder(identity.current()),
                new JournalSetup(
                        identity.current().terminal(),
                        journalKey(),
                        limits,
                        (terminal, through) -> {
                            Identity signer = identity.current();
                            return Checkpoints.sign(
                                    terminal,
                                    through,
                                    signer.key(),
                                    signer.certificate().getPublicKey());
                        },
                        Clocks.system()));
    }

    Path journalFolder(Identity identity) {
        return config.stateDir().resolve("journal").resolve(scope(identity));
    }

    private AesJournalKey journalKey() throws IOException {
        if (!secrets.exists(JOURNAL_KEY)) {
            byte[] made = new byte[AesJournalKey.BYTES];
            new SecureRandom().nextBytes(made);
            secrets.write(JOURNAL_KEY, made);
            Arrays.fill(made, (byte) 0);
        }
        byte[] secret = secrets.read(JOURNAL_KEY);
        try {
            return new AesJournalKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String scope(Identity identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((identity.tenant() + "\n" + identity.terminal()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SCOPE_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
