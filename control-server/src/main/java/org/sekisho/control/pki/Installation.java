package org.sekisho.control.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;

/**
 * What makes this installation itself, kept in {@code DIR/pki}: the authority, the policy key (Ed25519, RFC 8032) and
 * the key for the fingerprints of numbers. Made once, at the first start; losing the folder means enrolling every
 * terminal again. Immutable.
 */
public final class Installation {
    private static final String EC = "EC";
    private static final String ED25519 = "Ed25519";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    /** HMAC-SHA-256's natural key length. */
    private static final int FINGERPRINT_KEY_BYTES = 32;

    private final String tenant;
    private final CertificateAuthority authority;
    private final KeyPair policyKey;
    private final byte[] fingerprintKey;

    private Installation(String tenant, CertificateAuthority authority, KeyPair policyKey, byte[] fingerprintKey) {
        this.tenant = tenant;
        this.authority = authority;
        this.policyKey = policyKey;
        this.fingerprintKey = fingerprintKey;
    }

    /**
     * Opens the installation in this folder, or makes it.
     *
     * @throws IllegalStateException if the folder belongs to another tenant, or others could read its keys
     */
    public static Installation open(Path folder, String tenant, Clock clock) {
        PrivateFile.folder(folder);
        Path name = folder.resolve("tenant");
        if (Files.notExists(name)) {
            create(folder, tenant, clock);
            // Last: a folder without it was left half made, and is made anew.
            PrivateFile.write(name, tenant.getBytes(StandardCharsets.UTF_8));
        }
        String found = new String(PrivateFile.read(name), StandardCharsets.UTF_8);
        if (!found.equals(tenant)) {
            throw new IllegalStateException(
                    "%s belongs to the tenant \"%s\", not \"%s\": its terminals would refuse every policy. Give the right --tenant or another --data"
                            .formatted(folder, found, tenant));
        }
        try {
            PrivateKey caKey = privateKey(EC, folder.resolve("ca.key"));
            X509Certificate ca = certificate(PrivateFile.read(folder.resolve("ca.pem")));
            PublicKey policyPublic = KeyFactory.getInstance(ED25519)
                    .generatePublic(new X509EncodedKeySpec(
                            Pem.decode(PUBLIC_KEY, PrivateFile.read(folder.resolve("policy.pub")))));
            return new Installation(
                    tenant,
                    new CertificateAuthority(caKey, ca, clock),
                    new KeyPair(policyPublic, privateKey(ED25519, folder.resolve("policy.key"))),
                    PrivateFile.read(folder.resolve("fingerprint.key")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the keys in " + folder, e);
        }
    }

    private static void create(Path folder, String tenant, Clock clock) {
        KeyPair ca = newP256();
        writeKey(folder.resolve("ca.key"), ca.getPrivate());
        CertificateAuthority authority = CertificateAuthority.create(ca.getPrivate(), ca.getPublic(), tenant, clock);
        PrivateFile.write(folder.resolve("ca.pem"), pem(authority.certificate()).getBytes(StandardCharsets.US_ASCII));
        try {
            KeyPair policy = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
            writeKey(folder.resolve("policy.key"), policy.getPrivate());
            PrivateFile.write(
                    folder.resolve("policy.pub"),
                    Pem.encode(PUBLIC_KEY, policy.getPublic().getEncoded()).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no Ed25519; it needs JDK 15 or later", e);
        }
        byte[] fingerprint = new byte[FINGERPRINT_KEY_BYTES];
        new SecureRandom().nextBytes(fingerprint);
        PrivateFile.write(folder.resolve("fingerprint.key"), fingerprint);
    }

    /** A new P-256 key pair, as every certificate of the installation has. */
    public static KeyPair newP256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(EC);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no P-256 keys", e);
        }
    }

    /** Writes a private key as PKCS#8 in PEM, mode 0600. */
    public static void writeKey(Path file, PrivateKey key) {
        PrivateFile.write(file, Pem.encode(PRIVATE_KEY, key.getEncoded()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what {@link #writeKey} wrote for a P-256 key. */
    public static PrivateKey readP256(Path file) {
        try {
            return privateKey(EC, file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the key in " + file, e);
        }
    }

    private static PrivateKey privateKey(String algorithm, Path file) throws GeneralSecurityException {
        byte[] der = Pem.decode(PRIVATE_KEY, PrivateFile.read(file));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** The first certificate of a PEM text. */
    public static X509Certificate certificate(byte[] pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read a certificate", e);
        }
    }

    /** A certificate in PEM. */
    public static String pem(X509Certificate certificate) {
        return Pem.encode(CERTIFICATE, der(certificate));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("Cannot encode a certificate", e);
        }
    }

    /** Publishes the trust anchor where those who install terminals and clients find it. */
    public void publishAnchor(Path file) {
        try {
            Files.writeString(file, pem(authority.certificate()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the trust anchor to " + file, e);
        }
    }

    /** Which municipality's installation this is. */
    public String tenant() {
        return tenant;
    }

    /** Issues certificates. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** Signs policies. */
    public KeyPair policyKey() {
        return policyKey;
    }

    /** 32 bytes, a copy. Secret; only an enrolled terminal is told. */
    public byte[] fingerprintKey() {
        return fingerprintKey.clone();
    }

    /** The trust anchor, DER. */
    public byte[] anchor() {
        return der(authority.certificate());
    }

    /** SHA-256 of the trust anchor: what an enrolment token pins. */
    public byte[] anchorDigest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(anchor());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
