package org.sekisho.control.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sekisho.control.pki.CertificateAuthority;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.EnrolRequest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EnrolmentTest {
    private final Api api = Api.administrator();

    @Test
    void givesACertificateWithItsOwnIdForNinetyDays() throws Exception {
        TestTerminal terminal = TestTerminal.enrol(api, "LGWAN");

        X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        terminal.enrolment().getCertificateChain(0).toByteArray()));
        assertThat(CertificateAuthority.commonName(leaf)).isEqualTo(terminal.id());
        assertThat(leaf.getNotAfter().toInstant())
                .isBetween(
                        Instant.now().plus(89, ChronoUnit.DAYS), Instant.now().plus(91, ChronoUnit.DAYS));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(terminal.enrolment().getFingerprintKey().size()).isEqualTo(32);
        assertThat(terminal.enrolment().getPolicyKeysCount()).isEqualTo(1);
        assertThat(terminal.enrolment().getTenant()).isEqualTo("sekisho");

        var view = api.get("/api/v1/terminals/" + terminal.id()).json();
        assertThat(view.get("segment").asText()).isEqualTo("LGWAN");
        assertThat(view.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(view.get("user").asText()).isEqualTo("hanako");
        assertThat(view.get("chain").asText()).isEqualTo("WHOLE");
        assertThat(view.get("connected").asBoolean()).isFalse();
    }

    @Test
    void letsOneOfFiftyAtOnceIn() throws Exception {
        String token = TestTerminal.token(api, "MY_NUMBER", 1);
        KeyPair keys = TestTerminal.newKeys();
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(50)) {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int attempt = 0; attempt < 50; attempt++) {
                tries.add(() -> TestTerminal.enrol(api, token, keys).status());
            }
            for (Future<Integer> answer : executor.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).allMatch(status -> status == 200 || status == 403 || status == 429);
        assertThat(api.get("/api/v1/incidents?q=REFUSED_IDENTITY").json().get("items"))
                .isNotEmpty();
    }

    @Test
    void pinsTheAnchorInTheToken() throws Exception {
        String token = TestTerminal.token(api, "MY_NUMBER", 1);
        byte[] anchor = TestTerminal.enrol(api).enrolment().getCaCertificate().toByteArray();
        String digest = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(anchor));
        assertThat(token).matches("skt1\\." + digest + "\\.[A-Za-z0-9_-]{43}");
    }

    @Test
    void refusesWhatIsNotSound() throws Exception {
        // Each case has a server-wide count of failures by address; so few stay below it.
        String token = TestTerminal.token(api, "MY_NUMBER", 5);
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        byte[] sound = TestTerminal.request(TestTerminal.newKeys());
        byte[] forged = sound.clone();
        forged[forged.length - 4] ^= 1;
        assertThat(enrol(request(token, forged, 1, "host"))).isEqualTo(400);
        assertThat(enrol(request(token, new byte[9_000], 1, "host"))).isEqualTo(400);
        assertThat(enrol(request(token, sound, 0, "host"))).isEqualTo(400);
        assertThat(enrol(request(token, sound, 1, ""))).isEqualTo(400);
        assertThat(enrol("no protobuf".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(enrol(new byte[100_000])).isEqualTo(413);
        assertThat(enrol(request("skt1.nonsense", sound, 1, "host"))).isEqualTo(403);
        assertThat(enrol(request(token.substring(0, token.length() - 2) + "AA", sound, 1, "host")))
                .isEqualTo(403);
        assertThat(api.as(null)
                        .send("POST", "/api/v1/enrolment", "application/json", new byte[2])
                        .status())
                .isEqualTo(415);
        // None of them used the token up.
        assertThat(enrol(request(token, sound, 1, "host"))).isEqualTo(200);
    }

    @Test
    void withdrawnTokensEnrolNobody() {
        var token = api.post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER"))
                .json();
        assertThat(api.delete("/api/v1/enrolment-tokens/" + token.get("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(TestTerminal.enrol(api, token.get("token").asText(), TestTerminal.newKeys())
                        .status())
                .isEqualTo(403);
        assertThat(api.get("/api/v1/enrolment-tokens")
                        .json()
                        .get("items")
                        .get(0)
                        .has("token"))
                .isFalse();
    }

    @Test
    void boundsWhatATokenMayAllow() {
        assertThat(api.post("/api/v1/enrolment-tokens", Map.of("segment", "NOWHERE"))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN", "uses", 0))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(
                                "/api/v1/enrolment-tokens",
                                Map.of(
                                        "segment",
                                        "LGWAN",
                                        "expiresAt",
                                        Instant.now().plus(31, ChronoUnit.DAYS).toString()))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(
                                "/api/v1/enrolment-tokens",
                                Map.of(
                                        "segment",
                                        "LGWAN",
                                        "expiresAt",
                                        Instant.now().minusSeconds(1).toString()))
                        .status())
                .isEqualTo(400);
        var misspelt =
                api.post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN", "expires", "2030-01-01T00:00:00Z"));
        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(misspelt.header("Content-Type")).startsWith("application/problem+json");
    }

    private int enrol(byte[] body) {
        return api.as(null)
                .send("POST", "/api/v1/enrolment", "application/x-protobuf", body)
                .status();
    }

    private static byte[] request(String token, byte[] csr, int version, String host) {
        return EnrolRequest.newBuilder()
                .setToken(token)
                .setCertificateRequest(ByteString.copyFrom(csr))
                .setHost(host)
                .setWireVersion(version)
                .build()
                .toByteArray();
    }
}
