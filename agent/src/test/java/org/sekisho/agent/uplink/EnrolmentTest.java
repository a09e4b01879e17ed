package org.sekisho.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.agent.uplink.EnrolmentException.Reason;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.Inventory;

/** Against a real HTTPS server. */
class EnrolmentTest {
    private final Instant now = Instant.now();
    private static final Inventory INVENTORY =
            Inventory.newBuilder().setHost("pc-0042").build();

    private interface Answer {
        void to(HttpExchange exchange, EnrolRequest request) throws Exception;
    }

    private final List<EnrolRequest> requests = new ArrayList<>();
    private TestAuthority authority;
    private IdentityVault vault;
    private HttpsServer server;
    private URI address;
    private Answer answer = this::enrolled;
    private Path stateDir;

    @BeforeEach
    void start(@TempDir Path stateDir) throws Exception {
        this.stateDir = stateDir;
        authority = new TestAuthority(now);
        vault = new IdentityVault(SecretStore.forPlatform(stateDir));
        serve(true);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aTerminalIsEnrolledAndItsIdentityKept() throws Exception {
        Identity identity = enrol(authority.token(1));

        assertThat(identity.terminal()).isEqualTo("terminal-1");
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().getHost()).isEqualTo("pc-0042");
        assertThat(requests.getFirst().getWireVersion()).isEqualTo(1);
        Identity kept = vault.load().orElseThrow();
        assertThat(kept.certificate()).isEqualTo(identity.certificate());
        assertThat(kept.key().getEncoded()).isEqualTo(identity.key().getEncoded());
        assertThat(kept.grpcTarget()).hasToString("localhost:9444");
    }

    @Test
    void aSecondEnrolmentNeedsForce() throws Exception {
        enrol(authority.token(1));

        assertFails(authority.token(2), Reason.ALREADY_ENROLLED);
        assertThat(requests).hasSize(1);
        Identity forced = enrolment().enrol(address, token(authority.token(2)), List.of(), INVENTORY, true);
        assertThat(forced.key().getEncoded())
                .isEqualTo(vault.load().orElseThrow().key().getEncoded());
        assertThat(requests.get(0).getCertificateRequest())
                .isNotEqualTo(requests.get(1).getCertificateRequest());
    }

    @Test
    void afterALostAnswerTheSameKeyAsksAgain() throws Exception {
        answer = (exchange, request) -> exchange.close();
        assertFails(authority.token(1), Reason.UNREACHABLE);
        answer = this::enrolled;
        enrol(authority.token(1));

        assertThat(requests).hasSize(2);
        assertThat(publicKey(requests.get(0))).isEqualTo(publicKey(requests.get(1)));
    }

    @Test
    void anotherAuthorityThanTheTokensIsNotTalkedTo() throws Exception {
        assertFails(new TestAuthority(now).token(1), Reason.WRONG_CA);
        assertThat(requests).isEmpty();
    }

    @Test
    void aServerThatDoesNotSendItsAuthorityNeedsItAtHand() throws Exception {
        stop();
        serve(false);
        assertFails(authority.token(1), Reason.WRONG_CA);

        Identity identity = enrolment()
                .enrol(address, token(authority.token(1)), List.of(authority.certificate()), INVENTORY, false);
        assertThat(identity.ca()).isEqualTo(authority.certificate());
    }

    @Test
    void aCaFileThatIsNotTheTokensIsRefusedBeforeAnythingIsSent() throws Exception {
        X509Certificate other = new TestAuthority(now).certificate();

        assertThatThrownBy(
                        () -> enrolment().enrol(address, token(authority.token(1)), List.of(other), INVENTORY, false))
                .asInstanceOf(type(EnrolmentException.class))
                .extracting(EnrolmentException::reason)
                .isEqualTo(Reason.WRONG_CA);
        assertThat(requests).isEmpty();
    }

    @Test
    void refusalsAreToldApart() throws Exception {
        answer = problem(410, "token-used-up");
        assertFails(authority.token(1), Reason.TOKEN_USED_UP);
        answer = problem(410, "token-expired");
        assertFails(authority.token(1), Reason.TOKEN_EXPIRED);
        answer = problem(401, "unauthorized");
        assertFails(authority.token(1), Reason.TOKEN_UNKNOWN);
        answer = problem(503, "busy");
        assertFails(authority.token(1), Reason.REFUSED);
        assertThat(vault.enrolled()).isFalse();
    }

    @Test
    void anAnswerThatDoesNotHoldTogetherIsNotKept() throws Exception {
        KeyPair other = TerminalKey.generate();
        answer = (exchange, request) -> send(
                exchange,
                200,
                authority
                        .response(
                                "terminal-1",
                                authority.issue("terminal-1", other.getPublic(), now.plusSeconds(1_000)),
                                "localhost:1")
                        .build()
                        .toByteArray());
        assertFails(authority.token(1), Reason.BAD_ANSWER);
        answer = (exchange, request) -> send(exchange, 200, new byte[] {1, 2, 3});
        assertFails(authority.token(1), Reason.BAD_ANSWER);
        assertThat(vault.enrolled()).isFalse();
    }

    @Test
    void aServerThatIsAwayIsUnreachable() throws Exception {
        stop();
        assertFails(authority.token(1), Reason.UNREACHABLE);
        serve(true);
    }

    @Test
    void theTokenIsInNoMessage() throws Exception {
        String token = authority.token(9);
        answer = problem(410, "token-used-up");

        assertThatThrownBy(() -> enrol(token)).hasMessageNotContaining(token);
    }

    @Test
    void theIdentityIsForTheAgentAlone() throws Exception {
        enrol(authority.token(1));

        try (var files = Files.walk(stateDir)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDamagedIdentityIsNotUsed() throws Exception {
        enrol(authority.token(1));
        SecretStore secrets = SecretStore.forPlatform(stateDir);
        byte[] file = secrets.read("identity");
        for (int at : new int[] {0, 40, file.length / 2, file.length - 1}) {
            byte[] damaged = java.util.Arrays.copyOf(file, at);
            if (damaged.length == 0) {
                continue;
            }
            secrets.write("identity", damaged);
            assertThatThrownBy(vault::load).isInstanceOf(IOException.class);
        }
    }

    private Identity enrol(String token) throws EnrolmentException {
        return enrolment().enrol(address, token(token), List.of(), INVENTORY, false);
    }

    private Enrolment enrolment() {
        return new Enrolment(vault, new EnrolmentCall(Duration.ofSeconds(20)), Clock.systemUTC());
    }

    private void assertFails(String token, Reason reason) {
        assertThatThrownBy(() -> enrol(token))
                .asInstanceOf(type(EnrolmentException.class))
                .extracting(EnrolmentException::reason)
                .isEqualTo(reason);
    }

    private static EnrolmentToken token(String text) {
        return EnrolmentToken.parse(text).orElseThrow();
    }

    private static byte[] publicKey(EnrolRequest request) throws IOException {
        return new org.bouncycastle.pkcs.PKCS10CertificationRequest(
                        request.getCertificateRequest().toByteArray())
                .getSubjectPublicKeyInfo()
                .getEncoded();
    }

    private void enrolled(HttpExchange exchange, EnrolRequest request) throws Exception {
        X509Certificate leaf =
                authority.certify("terminal-1", request.getCertificateRequest().toByteArray(), now.plusSeconds(86_400));
        send(
                exchange,
                200,
                authority.response("terminal-1", leaf, "localhost:9444").build().toByteArray());
    }

    private static Answer problem(int status, String code) {
        return (exchange, request) -> send(
                exchange,
                status,
                ("{\"status\":" + status + ",\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void serve(boolean withAuthority) throws Exception {
        KeyPair key = TerminalKey.generate();
        List<Certificate> chain = new ArrayList<>();
        chain.add(authority.issue("server", key.getPublic(), now.plusSeconds(86_400)));
        if (withAuthority) {
            chain.add(authority.certificate());
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key.getPrivate(), new char[0], chain.toArray(new Certificate[0]));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(EnrolmentCall.PATH, exchange -> {
            EnrolRequest request = EnrolRequest.parseFrom(exchange.getRequestBody());
            requests.add(request);
            @Nullable Exception failed = null;
            try {
                answer.to(exchange, request);
            } catch (Exception e) {
                failed = e;
            }
            if (failed != null) {
                throw new IOException(failed);
            }
        });
        server.start();
        address = URI.create("https://localhost:" + server.getAddress().getPort());
    }
}
