package org.sekisho.control.pki;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sekisho.evidence.EvidenceFormat;

/**
 * Issues every certificate of the installation (X.509, RFC 5280; ECDSA with P-256 and SHA-256). Terminals and the
 * server trust this authority and no other. Safe for any thread.
 */
public final class CertificateAuthority {
    /** Ten years: replacing the anchor means enrolling every terminal again. */
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** A large pack is signed when all of it has been sent. */
    private static final Duration EVIDENCE_SIGNER_LIFE = Duration.ofDays(1);
    /** Terminals' clocks may be behind by as much, where a certificate's life isn't short. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final String SIGNATURE = "SHA256withECDSA";

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CertificateAuthority(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = requireNonNull(key, "key is null");
        this.certificate = requireNonNull(certificate, "certificate is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Makes an authority of its own for the municipality's installation. */
    static CertificateAuthority create(PrivateKey key, PublicKey publicKey, String tenant, Clock clock) {
        X500Name name = name("Sekisho CA " + tenant);
        X509Certificate certificate =
                build(name, name, publicKey, key, AUTHORITY_LIFE, clock, new SecureRandom(), builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                    builder.addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
                    builder.addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
                });
        return new CertificateAuthority(key, certificate, clock);
    }

    /** The trust anchor. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for HTTPS and the terminals' port under these host names and addresses. */
    public IssuedCertificate issueServer(PublicKey publicKey, List<String> hosts, Duration life) {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            boolean address = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        GeneralNames alternatives = new GeneralNames(names.toArray(GeneralName[]::new));
        return issue(
                hosts.getFirst(),
                publicKey,
                life,
                KeyPurposeId.id_kp_serverAuth,
                builder -> builder.addExtension(Extension.subjectAlternativeName, false, alternatives));
    }

    /** A certificate for a terminal; its id becomes the common name, whatever the request's subject said. */
    public IssuedCertificate issueTerminal(PublicKey publicKey, String terminal, Duration life) {
        return issue(terminal, publicKey, life, KeyPurposeId.id_kp_clientAuth, builder -> {});
    }

    /** A certificate for the key that signs one evidence pack, and is thrown away then. */
    public IssuedCertificate issueEvidenceSigner(PublicKey publicKey, String tenant) {
        return issue(
                "Sekisho evidence " + tenant,
                publicKey,
                EVIDENCE_SIGNER_LIFE,
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier(EvidenceFormat.DOCUMENT_SIGNING)),
                builder -> {});
    }

    private IssuedCertificate issue(
            String commonName, PublicKey publicKey, Duration life, KeyPurposeId purpose, Extensions more) {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new IssuedCertificate(build(issuer, name(commonName), publicKey, key, life, clock, random, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            more.add(builder);
        }));
    }

    private static X509Certificate build(
            X500Name issuer,
            X500Name subject,
            PublicKey publicKey,
            PrivateKey signer,
            Duration life,
            Clock clock,
            SecureRandom random,
            Extensions extensions) {
        Instant now = clock.instant();
        // 127 random bits: unique without a counter, and positive (RFC 5280, 4.1.2.2).
        BigInteger serial = new BigInteger(127, random).add(BigInteger.ONE);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial, Date.from(now.minus(skew(life))), Date.from(now.plus(life)), subject, publicKey);
            extensions.add(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot issue a certificate for " + subject, e);
        }
    }

    /** Renewal is due by shares of the life from its beginning: were that long ago, what is short would be due at once. */
    private static Duration skew(Duration life) {
        Duration tenth = life.dividedBy(10);
        return tenth.compareTo(CLOCK_SKEW) < 0 ? tenth : CLOCK_SKEW;
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** The common name of a terminal's certificate: the terminal's id. */
    public static String commonName(X509Certificate certificate) {
        X500Principal subject = certificate.getSubjectX500Principal();
        var rdns = X500Name.getInstance(subject.getEncoded()).getRDNs(BCStyle.CN);
        if (rdns.length != 1) {
            throw new IllegalArgumentException(
                    "A terminal's certificate has exactly one common name; this has " + rdns.length);
        }
        return rdns[0].getFirst().getValue().toString();
    }

    @FunctionalInterface
    private interface Extensions {
        void add(X509v3CertificateBuilder builder) throws IOException, GeneralSecurityException;
    }
}
