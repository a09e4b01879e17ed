package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.Segment;

/** A certificate authority for tests, as a control server has one. */
public final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair key = TerminalKey.generate();
    private final KeyPair policyKey;
    private final X509Certificate certificate;
    private final Instant now;

    /** An authority whose certificates are valid from a day before {@code now}. */
    public TestAuthority(Instant now) throws Exception {
        this.now = now;
        this.certificate = issue("Test CA", key.getPublic(), now.plusSeconds(864_000), true);
        this.policyKey = ed25519();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public KeyPair policyKey() {
        return policyKey;
    }

    /** A certificate for {@code subject}, also valid for the host {@code localhost}. */
    public X509Certificate issue(String subject, PublicKey subjectKey, Instant notAfter) throws Exception {
        return issue(subject, subjectKey, notAfter, false);
    }

    /** The certificate that a request asks for. */
    public X509Certificate certify(String subject, byte[] request, Instant notAfter) throws Exception {
        JcaPKCS10CertificationRequest csr =
                new JcaPKCS10CertificationRequest(new PKCS10CertificationRequest(request).getEncoded());
        return issue(subject, csr.getPublicKey(), notAfter);
    }

    /** What a control server answers to an enrolment. */
    public EnrolResponse.Builder response(String terminal, X509Certificate leaf, String target)
            throws CertificateEncodingException {
        return EnrolResponse.newBuilder()
                .setTerminal(terminal)
                .setTenant("tenant-1")
                .setSegment(Segment.MY_NUMBER)
                .addCertificateChain(ByteString.copyFrom(leaf.getEncoded()))
                .addCertificateChain(ByteString.copyFrom(certificate.getEncoded()))
                .setCaCertificate(ByteString.copyFrom(certificate.getEncoded()))
                .addPolicyKeys(ByteString.copyFrom(policyKey.getPublic().getEncoded()))
                .setGrpcTarget(target)
                .setFingerprintKey(ByteString.copyFrom(new byte[32]));
    }

    /** An enrolled terminal's identity. */
    public Identity identity(String terminal, String target, Instant notAfter) throws Exception {
        KeyPair terminalKey = TerminalKey.generate();
        X509Certificate leaf = issue(terminal, terminalKey.getPublic(), notAfter);
        return Identity.of(
                "https://localhost:1",
                terminalKey.getPrivate(),
                response(terminal, leaf, target).build(),
                now);
    }

    /**
     * A server of this authority's on TLS 1.3 that demands a client's certificate, as the control server does; started.
     *
     * @param clients whose certificates it accepts
     * @param port 0: a free one
     */
    public Server serve(TestAuthority clients, int port, BindableService service) throws Exception {
        KeyPair own = TerminalKey.generate();
        return NettyServerBuilder.forAddress(new InetSocketAddress("localhost", port))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                        own.getPrivate(),
                                        issue("server", own.getPublic(), now.plusSeconds(3_600)),
                                        certificate),
                                SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .trustManager(clients.certificate)
                        .clientAuth(ClientAuth.REQUIRE)
                        .build())
                .addService(service)
                .build()
                .start();
    }

    /** A token that names this authority, and whose secret is {@code filler} 32 times. */
    public String token(int filler) throws CertificateEncodingException {
        byte[] secret = new byte[32];
        java.util.Arrays.fill(secret, (byte) filler);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "skt1." + base64.encodeToString(Certificates.sha256(certificate.getEncoded())) + "."
                + base64.encodeToString(secret);
    }

    private X509Certificate issue(String subject, PublicKey subjectKey, Instant notAfter, boolean ca) throws Exception {
        X500Principal issuer = new X500Principal("CN=Test CA");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(now.minusSeconds(86_400)),
                Date.from(notAfter),
                new X500Principal("CN=" + subject),
                subjectKey);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        if (!ca) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private static KeyPair ed25519() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
}
