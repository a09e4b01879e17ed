package org.sekisho.control.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An OpenID Connect provider over HTTPS that lets everybody in as whom the address of its sign-in page says ({@code sub},
 * {@code groups}), checks client, code and PKCE as it must, and lies as {@code fault} says.
 */
public final class TestIdentityProvider implements AutoCloseable {
    private static final String CLIENT = "sekisho";
    private static final String SECRET = "secret-of-the-test";

    private final HttpsServer server;
    private final RSAKey key;
    private final RSAKey strangersKey;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    private TestIdentityProvider(HttpsServer server, RSAKey key, RSAKey strangersKey) {
        this.server = server;
        this.key = key;
        this.strangersKey = strangersKey;
    }

    /** On a free loopback port, with certificate and the client's secret as files in a folder. */
    public static TestIdentityProvider start(Path folder) {
        try {
            HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls(folder.resolve("provider-ca.pem"))));
            Files.writeString(folder.resolve("provider-secret"), SECRET + "\n");
            TestIdentityProvider provider = new TestIdentityProvider(
                    https,
                    new RSAKeyGenerator(2048).keyID("key").generate(),
                    new RSAKeyGenerator(2048).keyID("key").generate());
            https.createContext("/.well-known/openid-configuration", provider::describe);
            https.createContext(
                    "/keys", exchange -> answer(exchange, 200, new JWKSet(provider.key.toPublicJWK()).toString()));
            https.createContext("/authorize", provider::authorize);
            https.createContext("/token", provider::token);
            https.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a server needs to know of it. */
    public Map<String, String> settings(Path folder) {
        return Map.of(
                "sekisho.oidc.issuer",
                issuer(),
                "sekisho.oidc.client-id",
                CLIENT,
                "sekisho.oidc.secret-file",
                folder.resolve("provider-secret").toString(),
                "sekisho.oidc.ca",
                folder.resolve("provider-ca.pem").toString(),
                "sekisho.oidc.roles.auditors",
                "auditor",
                "sekisho.oidc.roles.zeimu",
                "responder:総務部/税務課");
    }

    private String issuer() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s/authorize\",\"token_endpoint\":\"%1$s/token\",\"jwks_uri\":\"%1$s/keys\",\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}"
                        .formatted(issuer()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = flat(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        answer(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = flat(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> begun = codes.getOrDefault(asked.getOrDefault("code", ""), Map.of());
        codes.remove(asked.getOrDefault("code", ""));
        String proof =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean right = !begun.isEmpty()
                && proof.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && begun.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && "S256".equals(begun.get("code_challenge_method"))
                && CodeChallenge.compute(
                                CodeChallengeMethod.S256, new CodeVerifier(asked.getOrDefault("code_verifier", "")))
                        .getValue()
                        .equals(begun.get("code_challenge"));
        if (!right) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken(begun) + "\"}");
    }

    private String idToken(Map<String, String> begun) {
        String fault = begun.getOrDefault("fault", "");
        Instant now = Instant.now();
        Instant end = fault.equals("late") ? now.minusSeconds(600) : now.plusSeconds(300);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(),
                new JWTClaimsSet.Builder()
                        .issuer(fault.equals("issuer") ? "https://elsewhere.example" : issuer())
                        .audience(fault.equals("audience") ? "somebody-else" : CLIENT)
                        .subject(begun.get("sub"))
                        .claim("nonce", fault.equals("nonce") ? "other" : begun.get("nonce"))
                        .claim("name", begun.get("name"))
                        .claim(
                                "groups",
                                List.of(begun.getOrDefault("groups", "").split(" ")))
                        .issueTime(Date.from(end.minusSeconds(300)))
                        .expirationTime(Date.from(end))
                        .build());
        try {
            token.sign(new RSASSASigner(fault.equals("key") ? strangersKey : key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> flat(String form) {
        Map<String, String> flat = new ConcurrentHashMap<>();
        URLUtils.parseParameters(form).forEach((name, values) -> flat.put(name, values.getFirst()));
        return flat;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static SSLContext tls(Path pem) throws IOException {
        try {
            KeyPair keys = TestTerminal.newKeys();
            Instant now = Instant.now();
            X500Name name = new X500Name("CN=localhost");
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.valueOf(now.toEpochMilli()),
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plusSeconds(86_400)),
                                    name,
                                    keys.getPublic())
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            Files.writeString(
                    pem,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("provider", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(managers.getKeyManagers(), null, null);
            return tls;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
