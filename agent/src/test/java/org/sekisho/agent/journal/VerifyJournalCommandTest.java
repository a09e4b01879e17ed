package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.event.ChainHead;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.Event;
import picocli.CommandLine;

class VerifyJournalCommandTest {
    @TempDir
    Path temp;

    private Path folder;
    private Path certificate;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void record() throws Exception {
        folder = temp.resolve("journal");
        Path key = folder.resolve("journal.key");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(key, Fixtures.secret(7));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        try (Journal journal = Journal.open(folder, Fixtures.setup(Fixtures.SMALL))) {
            for (int i = 1; i <= 5; i++) {
                journal.record(Fixtures.stopped("event " + i), Importance.MUST_KEEP);
            }
        }
        certificate = certificateOf(Fixtures.SIGNING, "own.pem");
    }

    private Path certificateOf(KeyPair keys, String name) throws Exception {
        Instant now = Instant.now();
        byte[] der = new JcaX509v3CertificateBuilder(
                        new X500Name("CN=t-0001"),
                        BigInteger.ONE,
                        Date.from(now),
                        Date.from(now.plusSeconds(3600)),
                        new X500Name("CN=t-0001"),
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        return Files.writeString(
                temp.resolve(name),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n");
    }

    private int verify(Locale locale, Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return new CommandLine(new VerifyJournalCommand(locale))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = StoreFiles.openToWrite(folder.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void provesAWholeJournalWithItsSignatures() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("journal.db"));

        assertThat(verify(Locale.ENGLISH, "--certificate", certificate, folder)).isEqualTo(VerifyJournalCommand.WHOLE);
        assertThat(out.toString()).contains("whole. Events 1 to 6 (6)").contains("1 checkpoints, all signatures right");
        assertThat(Files.readAllBytes(folder.resolve("journal.db"))).isEqualTo(before);
    }

    @Test
    void saysThatSignaturesWereNotCheckedWithoutACertificate() {
        assertThat(verify(Locale.JAPANESE, folder.resolve("journal.db"))).isEqualTo(VerifyJournalCommand.WHOLE);
        assertThat(out.toString()).contains("完全です").contains("署名は検証していません");
    }

    @Test
    void namesTheFirstBadRecordAndWhatIsWrong() throws SQLException {
        damage("UPDATE event SET body = zeroblob(length(body)) WHERE seq >= 3");

        assertThat(verify(Locale.ENGLISH, folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString())
                .contains("BROKEN at event 3")
                .contains("seal does not open")
                .contains("up to event 2");
    }

    @Test
    void findsACutARemovedAMovedAndARehashedRecord() throws SQLException {
        damage("DELETE FROM event WHERE seq = 3");
        assertThat(verify(Locale.ENGLISH, "-o", "json", folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString()).contains("\"badSeq\":4,\"flaw\":\"GAP\"").contains("\"whole\":false");

        damage("UPDATE event SET seq = 3 WHERE seq = 4");
        assertThat(verify(Locale.ENGLISH, "-o", "json", folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString()).contains("\"badSeq\":3,\"flaw\":\"SEAL\"");

        damage("UPDATE event SET hash = prev_hash WHERE seq = 2");
        assertThat(verify(Locale.ENGLISH, "-o", "json", folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString()).contains("\"badSeq\":2,\"flaw\":\"BAD_HASH\"");

        damage("UPDATE state SET value = zeroblob(length(value))");
        damage("DELETE FROM event");
        assertThat(verify(Locale.ENGLISH, "-o", "json", folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString()).contains("\"badSeq\":0,\"flaw\":\"STATE\"");
    }

    @Test
    void whoRewritesTheChainWithTheJournalsKeyStillLacksTheTerminalsSignature() throws Exception {
        KeyPair forger = Fixtures.p256();
        Links links = new Links(Fixtures.TERMINAL, new RowSeal(Fixtures.KEY, Fixtures.TERMINAL), Clocks.system());
        Recovery.Outcome start = new Recovery.Outcome(
                ChainHead.GENESIS,
                StoreState.NEW,
                List.of(),
                0,
                new JournalOpening(false, Optional.empty(), Optional.empty()));
        Links.Link first =
                links.link(start.head(), Fixtures.stopped("forged"), Stamp.take(Clocks.system()), Importance.MUST_KEEP);
        Links.Link second = links.link(
                first.head(),
                Event.newBuilder()
                        .setCheckpoint(Checkpoints.sign(
                                Fixtures.TERMINAL, first.head(), forger.getPrivate(), forger.getPublic())),
                Stamp.take(Clocks.system()),
                Importance.MUST_KEEP);
        damage("DELETE FROM event");
        try (Connection connection = StoreFiles.openToWrite(folder.resolve("journal.db"));
                PreparedStatement insert = connection.prepareStatement(StoreSchema.INSERT_EVENT)) {
            for (Links.Link link : List.of(first, second)) {
                StoreSchema.bind(insert, link.row());
                insert.executeUpdate();
            }
        }

        assertThat(verify(Locale.ENGLISH, "-o", "json", "--certificate", certificate, folder))
                .isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(out.toString()).contains("\"badSeq\":2,\"flaw\":\"CHECKPOINT_KEY\"");
        // The control: without the certificate, the forgery passes, and the answer says what was not checked.
        assertThat(verify(Locale.ENGLISH, "-o", "json", folder)).isEqualTo(VerifyJournalCommand.WHOLE);
        assertThat(out.toString()).contains("\"signaturesChecked\":false");
    }

    @Test
    void acceptsSeveralCertificatesAfterARenewal() throws Exception {
        KeyPair next = Fixtures.p256();
        try (Journal journal = Journal.open(folder, Fixtures.setup(Fixtures.SMALL))) {
            journal.record(Fixtures.stopped("renewed"), Importance.MUST_KEEP);
            journal.signWith(CheckpointSigner.of(next.getPrivate(), next.getPublic()));
        }
        Path nextCertificate = certificateOf(next, "next.pem");

        assertThat(verify(Locale.ENGLISH, "--certificate", certificate, folder)).isEqualTo(VerifyJournalCommand.BROKEN);
        assertThat(verify(Locale.ENGLISH, "--certificate", certificate, "--certificate", nextCertificate, folder))
                .isEqualTo(VerifyJournalCommand.WHOLE);
    }

    @Test
    void whatCanNotBeVerifiedIsAnError() throws IOException {
        assertThat(verify(Locale.ENGLISH, temp.resolve("nowhere"))).isEqualTo(VerifyJournalCommand.ERROR);
        assertThat(verify(Locale.ENGLISH, "--key", temp.resolve("no.key"), folder))
                .isEqualTo(VerifyJournalCommand.ERROR);
        assertThat(verify(Locale.ENGLISH)).isEqualTo(VerifyJournalCommand.ERROR);
        Path open = Files.write(temp.resolve("open.key"), Fixtures.secret(7));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(verify(Locale.ENGLISH, "--key", open, folder)).isEqualTo(VerifyJournalCommand.ERROR);
        assertThat(err.toString()).contains("nowhere").contains("others may have read it");
    }

    @Test
    void everyFlawHasItsTextInBothLanguages() {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            var bundle = ResourceBundle.getBundle(
                    "org.sekisho.agent.journal.messages",
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            for (Flaw flaw : Flaw.values()) {
                assertThat(bundle.getString("flaw." + flaw)).isNotBlank();
            }
        }
    }
}
