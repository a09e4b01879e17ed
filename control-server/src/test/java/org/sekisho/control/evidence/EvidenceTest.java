package org.sekisho.control.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.event.EventChain;
import org.sekisho.evidence.EvidenceCheck;
import org.sekisho.evidence.EvidenceReport;
import org.sekisho.evidence.EvidenceReport.Remark;
import org.sekisho.evidence.EvidenceVerifier;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** A real pack holds; each way of touching it is found, also by somebody who can sign manifests. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EvidenceTest {
    @Inject
    Installation installation;

    @TempDir
    Path folder;

    private final Api api = Api.administrator();
    private final String bureau = "市民部" + UUID.randomUUID();
    private final TestTerminal terminal = TestTerminal.enrolIn(api, bureau);
    private final TestJournal journal = TestJournal.of(terminal);

    @Test
    void aPackHoldsAndSaysWhatItProves() throws IOException {
        Map<String, byte[]> pack = pack(covered());

        EvidenceReport report = verify(pack, true);

        assertThat(report.failure()).isNull();
        assertThat(report.remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.POLICY_MISSING);
        assertThat(report.held()).containsExactly(EvidenceCheck.values());
        assertThat(pack.keySet())
                .contains("report.pdf", "incident.json", "audit.tsv", "FORMAT.txt", "certificates/ca.pem")
                .anyMatch(name -> name.startsWith("events/" + terminal.id()));
        assertThat(new String(file(pack, "audit.tsv"), StandardCharsets.UTF_8)).contains("evidence.download");
        assertThat(file(pack, "report.pdf")).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
        assertThat(verify(pack, false).remarks()).extracting(Remark::kind).contains(Remark.Kind.AUTHORITY_UNPROVEN);
    }

    @Test
    void onlyWhatTheCheckpointsCoverIsInIt() throws IOException {
        long id = covered();
        Map<String, byte[]> pack = pack(id);
        // 1 checkpoint after 3 pastes, the attempt, the checkpoint after it; the later pastes are nobody's business.
        assertThat(pack.keySet().stream().filter(name -> name.startsWith("events/")))
                .containsExactly("events/" + terminal.id() + "-0-4.chain");
        assertThat(manifest(pack)).contains("chain events/" + terminal.id() + "-0-4.chain " + terminal.id() + " 0 4 6");
    }

    @Test
    void eventsThatTheTerminalHasNotSignedYetAreSaidToBeSo() throws IOException {
        send(List.of(journal.blocked("hanako")));
        EvidenceReport report = verify(pack(incident()), true);
        assertThat(report.failure()).isNull();
        assertThat(report.remarks()).extracting(Remark::kind).contains(Remark.Kind.NOT_YET_SIGNED);
    }

    @Test
    void aBitInAnyFileIsFound() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        for (String name : pack.keySet()) {
            for (double place : new double[] {0, 0.5, 0.99}) {
                Map<String, byte[]> touched = new LinkedHashMap<>(pack);
                byte[] bytes = file(pack, name).clone();
                bytes[(int) (place * bytes.length)] ^= 1;
                touched.put(name, bytes);
                assertThat(verify(touched, true).holds())
                        .as(name + " at " + place)
                        .isFalse();
            }
        }
    }

    @Test
    void filesThatComeGoOrAreOlderAreFound() throws IOException {
        long id = covered();
        Map<String, byte[]> older = pack(id);
        Map<String, byte[]> pack = pack(id);
        assertThat(failure(with(pack, all -> all.remove("report.pdf")))).isEqualTo(EvidenceCheck.FILES);
        assertThat(failure(with(pack, all -> all.put("more.txt", new byte[1])))).isEqualTo(EvidenceCheck.FILES);
        assertThat(failure(with(pack, all -> all.remove("certificates/signer.pem"))))
                .isEqualTo(EvidenceCheck.ARCHIVE);
        assertThat(failure(with(pack, all -> {
                    all.put("manifest.txt", file(older, "manifest.txt"));
                    all.put("manifest.sig", file(older, "manifest.sig"));
                    all.put("certificates/signer.pem", file(older, "certificates/signer.pem"));
                })))
                .isEqualTo(EvidenceCheck.FILES);
        // Control: untouched and packed again it holds.
        assertThat(verify(pack, true).holds()).isTrue();
    }

    @Test
    void anotherAuthorityIsFound() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        Path other = folder.resolve("other");
        Installation foreign = Installation.open(other, "tenant", java.time.Clock.systemUTC());
        EvidenceReport report = new EvidenceVerifier(foreign.authority().certificate()).verify(write(pack));
        assertThat(report.failure()).extracting(EvidenceReport.Failure::check).isEqualTo(EvidenceCheck.AUTHORITY);
    }

    @Test
    void aTerminalCannotSignManifests() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        X509Certificate own = certificate(terminal.enrolment().getCertificateChain(0));
        Map<String, byte[]> forged = resigned(
                with(
                        pack,
                        all -> all.put(
                                "certificates/signer.pem", Installation.pem(own).getBytes(StandardCharsets.US_ASCII))),
                terminal.keys().getPrivate());
        assertThat(failure(forged)).isEqualTo(EvidenceCheck.SIGNER);
    }

    /** Whoever holds the authority can sign any manifest; the terminal's own signatures still say what happened. */
    @Test
    void whoeverRunsTheServerCannotChangeWhatATerminalSigned() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        assertThat(verify(forged(pack, bytes -> bytes), true).failure())
                .as("control")
                .isNull();

        assertThat(failure(forged(pack, bytes -> {
                    bytes[100] ^= 1;
                    return bytes;
                })))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, bytes -> chain(bytes, links -> links.remove(1)))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, bytes -> chain(bytes, links -> links.add(1, links.get(1))))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, bytes -> chain(bytes, links -> Collections.swap(links, 1, 2)))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, EvidenceTest::rewritten)))
                .as("an event told anew, with all hashes after it made to fit")
                .isEqualTo(EvidenceCheck.CHAIN);
    }

    @Test
    void aCertificateOfAnotherTerminalProvesNothing() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        TestTerminal other = TestTerminal.enrol(api);
        String name = pack.keySet().stream()
                .filter(path ->
                        path.startsWith("certificates/") && !path.contains("/ca.") && !path.contains("/signer."))
                .findFirst()
                .orElseThrow();
        byte[] swapped = Installation.pem(certificate(other.enrolment().getCertificateChain(0)))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(failure(signedAnew(with(pack, all -> all.put(name, swapped)))))
                .isEqualTo(EvidenceCheck.CHAIN);
    }

    @Test
    void auditEntriesAreLinks() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        Map<String, byte[]> changed = with(
                pack,
                all -> all.put(
                        "audit.tsv",
                        new String(file(all, "audit.tsv"), StandardCharsets.UTF_8)
                                .replace("evidence.download", "evidence.overlook")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(failure(signedAnew(changed))).isEqualTo(EvidenceCheck.AUDIT);
    }

    @Test
    void onlyRespondersAndAuditorsOfTheBranchGetOneAndItIsRecorded() throws IOException {
        long id = covered();
        String path = "/api/v1/incidents/" + id + "/evidence";
        assertThat(api.withRole("administrator").get(path).status()).isEqualTo(403);
        assertThat(api.withRole("approver").get(path).status()).isEqualTo(403);
        assertThat(api.withRoles(Api.role("responder", bureau + "分室")).get(path).status())
                .isEqualTo(404);
        Answer answer = api.withRoles(Api.role("responder", bureau)).get(path + "?language=en");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("incident-" + id + "-evidence.zip");
        assertThat(api.get("/api/v1/incidents/" + id + "/timeline").json().toString())
                .contains("evidence.download");
        assertThat(api.withRole("auditor").get(path + "?language=fr").status()).isEqualTo(400);
    }

    /** Three pastes, a checkpoint, what was blocked, a checkpoint, two pastes. */
    private long covered() {
        send(journal.pastes(3));
        send(List.of(journal.checkpoint()));
        send(List.of(journal.blocked("hanako")));
        send(List.of(journal.checkpoint()));
        send(journal.pastes(2));
        return incident();
    }

    private long incident() {
        return api.get("/api/v1/incidents?terminal=" + terminal.id())
                .json()
                .at("/items/0/id")
                .asLong();
    }

    private void send(List<ChainedEvent> events) {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(events);
            stream.awaitAck(journal.head().seq());
        }
        journal.acknowledged(journal.head().seq());
    }

    private Map<String, byte[]> pack(long id) throws IOException {
        JsonNode before = api.get("/api/v1/incidents/" + id).json();
        assertThat(before.get("id").asLong()).isEqualTo(id);
        Answer answer = api.withRole("auditor").get("/api/v1/incidents/" + id + "/evidence");
        assertThat(answer.status()).isEqualTo(200);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> pack, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> changed = new LinkedHashMap<>(pack);
        change.accept(changed);
        return changed;
    }

    private Map<String, byte[]> forged(Map<String, byte[]> pack, UnaryOperator<byte[]> change) {
        return signedAnew(with(
                pack,
                all -> all.replaceAll(
                        (name, bytes) -> name.startsWith("events/") ? change.apply(bytes.clone()) : bytes)));
    }

    /** As somebody with the authority's key would do it. */
    private Map<String, byte[]> signedAnew(Map<String, byte[]> pack) {
        KeyPair keys = Installation.newP256();
        X509Certificate signer = installation
                .authority()
                .issueEvidenceSigner(keys.getPublic(), installation.tenant())
                .certificate();
        return resigned(
                with(
                        pack,
                        all -> all.put(
                                "certificates/signer.pem",
                                Installation.pem(signer).getBytes(StandardCharsets.US_ASCII))),
                keys.getPrivate());
    }

    /** With a manifest that lists the files as they are now. */
    private static Map<String, byte[]> resigned(Map<String, byte[]> pack, PrivateKey key) {
        String text = manifest(pack)
                .lines()
                .map(line -> {
                    String[] words = line.split(" ", -1);
                    return words[0].equals("file")
                            ? "file " + hex(file(pack, words[3])) + " " + file(pack, words[3]).length + " " + words[3]
                            : line;
                })
                .collect(Collectors.joining("\n", "", "\n"));
        return with(pack, all -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            all.put("manifest.txt", bytes);
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
                signature.update("sekisho/v1/evidence\n".getBytes(StandardCharsets.US_ASCII));
                signature.update(bytes);
                all.put("manifest.sig", signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The run's events as frames of length, body and hash. */
    private static byte[] chain(byte[] file, Consumer<List<byte[]>> change) {
        List<byte[]> links = new ArrayList<>();
        for (int at = 32; at < file.length; ) {
            int end = at + 4 + ByteBuffer.wrap(file, at, 4).getInt() + 32;
            links.add(Arrays.copyOfRange(file, at, end));
            at = end;
        }
        change.accept(links);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(file, 32));
        links.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Event 5 is another person's, and every hash fits; only the terminal's signature doesn't. */
    private static byte[] rewritten(byte[] file) {
        byte[][] prev = {Arrays.copyOf(file, 32)};
        return chain(
                file,
                links -> links.replaceAll(frame -> {
                    try {
                        int length = ByteBuffer.wrap(frame).getInt();
                        Event event = Event.parseFrom(Arrays.copyOfRange(frame, 4, 4 + length));
                        if (event.hasAttempt()) {
                            Event.Builder other = event.toBuilder();
                            other.getAttemptBuilder().getCircumstancesBuilder().setUser("jiro");
                            event = other.build();
                        }
                        ChainedEvent linked = EventChain.link(ByteString.copyFrom(prev[0]), event);
                        prev[0] = linked.getHash().toByteArray();
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        out.writeBytes(ByteBuffer.allocate(4)
                                .putInt(linked.getBody().size())
                                .array());
                        out.writeBytes(linked.getBody().toByteArray());
                        out.writeBytes(prev[0]);
                        return out.toByteArray();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }));
    }

    private @Nullable EvidenceCheck failure(Map<String, byte[]> pack) throws IOException {
        EvidenceReport.Failure failure = verify(pack, true).failure();
        return failure == null ? null : failure.check();
    }

    private EvidenceReport verify(Map<String, byte[]> pack, boolean trusting) throws IOException {
        return new EvidenceVerifier(trusting ? installation.authority().certificate() : null).verify(write(pack));
    }

    private Path write(Map<String, byte[]> pack) throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : pack.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static byte[] file(Map<String, byte[]> pack, String name) {
        return requireNonNull(pack.get(name), name);
    }

    private static String manifest(Map<String, byte[]> pack) {
        return new String(file(pack, "manifest.txt"), StandardCharsets.UTF_8);
    }

    private static X509Certificate certificate(ByteString der) {
        return Installation.certificate(der.toByteArray());
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
