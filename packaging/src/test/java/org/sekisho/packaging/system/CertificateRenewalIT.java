package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.AgentProcess;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;

/** Server and terminal with certificates that live for seconds: both go on past the end of the first ones. */
class CertificateRenewalIT {
    /** Long enough for a loaded machine to renew within the last third. */
    private static final Duration LIFE = Duration.ofSeconds(45);

    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private ServerProcess server;
    private AgentProcess agent;
    private Rest rest;

    @BeforeEach
    void start() throws Exception {
        Distribution distribution = Distribution.fromSystemProperty();
        String life = LIFE.toSeconds() + "s";
        server = ServerProcess.start(
                distribution,
                folder.resolve("server"),
                Map.of("SEKISHO_SERVER_OWN_CERTIFICATE_LIFE", life, "SEKISHO_SERVER_CERTIFICATE_LIFE", life));
        rest = server.rest();
        agent = AgentProcess.prepare(distribution, folder.resolve("agent"), null, Map.of());
        agent.enrol("https://localhost:" + server.portBase(), Installation.enrolmentToken(rest));
        agent.start();
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private JsonNode terminal() throws Exception {
        return rest.get("/api/v1/terminals").get("items").get(0);
    }

    private int certificatesOfTheTerminal() throws Exception {
        try (Connection database = server.database();
                PreparedStatement query =
                        database.prepareStatement("select count(*) from certificate where terminal = ?")) {
            query.setString(1, terminal().get("id").asText());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** The certificate that a port of the server shows, checked against the anchor as every client does. */
    private X509Certificate shownAt(int port) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry(
                "anchor",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                Files.readAllBytes(server.data().resolve("ca.pem")))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void bothGoOnWithNewCertificates() throws Exception {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(terminal().get("connected").asBoolean()).isTrue());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shownAt(server.portBase()).getNotAfter())
                        .as("the short life takes effect")
                        .isBefore(java.util.Date.from(Instant.now().plus(LIFE))));
        X509Certificate first = shownAt(server.portBase());
        BigInteger firstForTerminals = shownAt(server.portBase() + 1).getSerialNumber();
        assertThat(firstForTerminals).isEqualTo(first.getSerialNumber());
        Instant firstEnds = first.getNotAfter().toInstant();
        assertThat(certificatesOfTheTerminal()).isPositive();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(Instant.now()).isAfter(firstEnds.plusSeconds(5));
            assertThat(certificatesOfTheTerminal()).isGreaterThan(2);
            assertThat(terminal().get("connected").asBoolean()).isTrue();
        });
        assertThat(certificatesOfTheTerminal()).as("each is used for a while").isLessThan(10);
        X509Certificate next = shownAt(server.portBase());
        assertThat(next.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        next.checkValidity();
        assertThat(shownAt(server.portBase() + 1).getSerialNumber()).isEqualTo(next.getSerialNumber());
        assertThat(rest.get("/api/v1/incidents").get("items")).isEmpty();
    }
}
