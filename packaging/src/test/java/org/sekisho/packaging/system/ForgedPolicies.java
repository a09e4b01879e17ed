package org.sekisho.packaging.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * What somebody who has got at the server's database, or even at its signing key, would put in the current policy's place.
 * Each answer is to be planted as the next revision.
 */
final class ForgedPolicies {
    private final ServerProcess server;

    ForgedPolicies(ServerProcess server) {
        this.server = server;
    }

    /** One bit of the payload changed after signing. */
    Signed tampered() throws Exception {
        Signed genuine = current();
        byte[] payload = genuine.getPayload().toByteArray();
        payload[payload.length - 1] ^= 1;
        return genuine.toBuilder().setPayload(ByteString.copyFrom(payload)).build();
    }

    /** Signed by a key of the forger's own. */
    Signed strangersKey() throws Exception {
        KeyPair own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new PolicySigner(own).sign(next());
    }

    /** Signed by the server's own key, but over since yesterday. */
    Signed expired() throws Exception {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        return serverKey()
                .sign(next().toBuilder()
                        .setNotBefore(yesterday.minus(Duration.ofDays(1)).getEpochSecond())
                        .setExpiresAt(yesterday.getEpochSecond())
                        .build());
    }

    /** Signed by the server's own key, for another segment. */
    Signed wrongAudience() throws Exception {
        return serverKey()
                .sign(next().toBuilder()
                        .setAudience("segment:INTERNET")
                        .setPolicy(next().getPolicy().toBuilder().setSegment(Segment.INTERNET))
                        .build());
    }

    /** The very first revision again, as it was once genuinely signed. */
    Signed rolledBack() throws Exception {
        return signed("SELECT signed FROM policy ORDER BY revision LIMIT 1");
    }

    /** Puts it where the server looks for what terminals must run, and tells it as another server would. */
    void plant(Signed forged) throws IOException, SQLException {
        try (Connection database = server.database();
                PreparedStatement insert = database.prepareStatement("""
                        INSERT INTO policy (segment, revision, name, yaml, signed, payload_sha256, published_by, published_at, reason, expires_at)
                        SELECT segment, revision + 1, name, yaml, ?, sha256(?), published_by, now(), 'planted', expires_at
                        FROM policy ORDER BY revision DESC LIMIT 1""")) {
            insert.setBytes(1, forged.toByteArray());
            insert.setBytes(2, forged.getPayload().toByteArray());
            insert.executeUpdate();
            tell(database);
        }
    }

    /** Takes what was planted out again. */
    void clear() throws IOException, SQLException {
        try (Connection database = server.database();
                Statement statement = database.createStatement()) {
            statement.execute(
                    "DELETE FROM rollout WHERE revision IN (SELECT revision FROM policy WHERE reason = 'planted')");
            statement.execute("DELETE FROM policy WHERE reason = 'planted'");
            tell(database);
        }
    }

    private static void tell(Connection database) throws SQLException {
        try (PreparedStatement notify = database.prepareStatement("SELECT pg_notify('sekisho_policy', ?)")) {
            notify.setString(1, String.valueOf(Segment.MY_NUMBER_VALUE));
            notify.execute();
        }
    }

    private SignedPayload next() throws Exception {
        SignedPayload payload = payload(current());
        return payload.toBuilder()
                .setRevision(payload.getRevision() + 1)
                .setPolicy(payload.getPolicy().toBuilder().setRevision(payload.getRevision() + 1))
                .build();
    }

    private Signed current() throws Exception {
        return signed("SELECT signed FROM policy ORDER BY revision DESC LIMIT 1");
    }

    private static SignedPayload payload(Signed signed) throws InvalidProtocolBufferException {
        return SignedPayload.parseFrom(signed.getPayload());
    }

    private Signed signed(String query) throws Exception {
        try (Connection database = server.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("no policy has been published");
            }
            return Signed.parseFrom(row.getBytes(1));
        }
    }

    private PolicySigner serverKey() throws IOException, GeneralSecurityException {
        Path pki = server.data().resolve("pki");
        KeyFactory ed25519 = KeyFactory.getInstance("Ed25519");
        PrivateKey key = ed25519.generatePrivate(new PKCS8EncodedKeySpec(der(pki.resolve("policy.key"))));
        return new PolicySigner(
                new KeyPair(ed25519.generatePublic(new X509EncodedKeySpec(der(pki.resolve("policy.pub")))), key));
    }

    private static byte[] der(Path pem) throws IOException {
        String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(text);
    }
}
