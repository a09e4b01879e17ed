package org.sekisho.control.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.evidence.EvidenceCheck;
import org.sekisho.evidence.EvidenceReport;
import org.sekisho.evidence.EvidenceVerifier;

/** Each way of touching a pack is found, also by somebody who can sign manifests. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ForgedEvidenceTest extends EvidenceRig {
    @Test
    void aBitInAnyFileIsFound() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        for (String name : pack.keySet()) {
            for (double place : new double[] {0, 0.5, 0.99}) {
                Map<String, byte[]> touched = new LinkedHashMap<>(pack);
                byte[] bytes = PackFiles.file(pack, name).clone();
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
        assertThat(failure(PackFiles.with(pack, all -> all.remove("report.pdf"))))
                .isEqualTo(EvidenceCheck.FILES);
        assertThat(failure(PackFiles.with(pack, all -> all.put("more.txt", new byte[1]))))
                .isEqualTo(EvidenceCheck.FILES);
        assertThat(failure(PackFiles.with(pack, all -> all.remove("certificates/signer.pem"))))
                .isEqualTo(EvidenceCheck.ARCHIVE);
        assertThat(failure(PackFiles.with(pack, all -> {
                    all.put("manifest.txt", PackFiles.file(older, "manifest.txt"));
                    all.put("manifest.sig", PackFiles.file(older, "manifest.sig"));
                    all.put("certificates/signer.pem", PackFiles.file(older, "certificates/signer.pem"));
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
        Map<String, byte[]> forged = PackFiles.resigned(
                PackFiles.with(
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
        assertThat(failure(forged(pack, bytes -> PackFiles.chain(bytes, links -> links.remove(1)))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, bytes -> PackFiles.chain(bytes, links -> links.add(1, links.get(1))))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, bytes -> PackFiles.chain(bytes, links -> Collections.swap(links, 1, 2)))))
                .isEqualTo(EvidenceCheck.CHAIN);
        assertThat(failure(forged(pack, PackFiles::rewritten)))
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
        assertThat(failure(signedAnew(PackFiles.with(pack, all -> all.put(name, swapped)))))
                .isEqualTo(EvidenceCheck.CHAIN);
    }

    @Test
    void auditEntriesAreLinks() throws IOException {
        Map<String, byte[]> pack = pack(covered());
        Map<String, byte[]> changed = PackFiles.with(
                pack,
                all -> all.put(
                        "audit.tsv",
                        new String(PackFiles.file(all, "audit.tsv"), StandardCharsets.UTF_8)
                                .replace("evidence.download", "evidence.overlook")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(failure(signedAnew(changed))).isEqualTo(EvidenceCheck.AUDIT);
    }

    private @Nullable EvidenceCheck failure(Map<String, byte[]> pack) throws IOException {
        EvidenceReport.Failure failure = verify(pack, true).failure();
        return failure == null ? null : failure.check();
    }

    private Map<String, byte[]> forged(Map<String, byte[]> pack, UnaryOperator<byte[]> change) {
        return signedAnew(PackFiles.with(
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
        return PackFiles.resigned(
                PackFiles.with(
                        pack,
                        all -> all.put(
                                "certificates/signer.pem",
                                Installation.pem(signer).getBytes(StandardCharsets.US_ASCII))),
                keys.getPrivate());
    }

    private static X509Certificate certificate(ByteString der) {
        return Installation.certificate(der.toByteArray());
    }
}
