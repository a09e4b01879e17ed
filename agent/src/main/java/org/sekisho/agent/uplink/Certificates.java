package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reading and checking certificates (X.509, RFC 5280). Pure. */
final class Certificates {
    /** Leaf and two intermediates are more than any installation has; a longer chain is an error or an attack. */
    static final int MAX_CHAIN = 8;

    private Certificates() {}

    static X509Certificate read(ByteString der, String what) throws IdentityException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
        } catch (CertificateException e) {
            throw new IdentityException("the server's answer has no readable " + what, e);
        }
    }

    static List<X509Certificate> readChain(List<ByteString> ders) throws IdentityException {
        if (ders.isEmpty() || ders.size() > MAX_CHAIN) {
            throw new IdentityException("the server's answer has a certificate chain of %d, expected 1 to %d"
                    .formatted(ders.size(), MAX_CHAIN));
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (ByteString der : ders) {
            chain.add(read(der, "certificate chain"));
        }
        return List.copyOf(chain);
    }

    /** Checks that {@code chain} leads to {@code ca} and certifies {@code key} for {@code terminal}, valid at {@code at}. */
    static void check(List<X509Certificate> chain, X509Certificate ca, PrivateKey key, String terminal, Instant at)
            throws IdentityException {
        X509Certificate leaf = chain.getFirst();
        String name = commonName(leaf);
        if (!terminal.equals(name)) {
            throw new IdentityException(
                    "the certificate is for \"%s\", but the terminal's id is \"%s\"".formatted(name, terminal));
        }
        if (!matches(key, leaf.getPublicKey())) {
            throw new IdentityException("the certificate is for another key than this terminal's");
        }
        List<X509Certificate> path =
                chain.stream().filter(certificate -> !certificate.equals(ca)).toList();
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw new IdentityException(
                    "the certificate does not lead to the installation's CA: %s. If it is not yet valid, set this terminal's clock"
                            .formatted(e.getMessage()),
                    e);
        } catch (InvalidAlgorithmParameterException | CertificateException | NoSuchAlgorithmException e) {
            throw new IdentityException("the certificate can't be checked", e);
        }
    }

    static String commonName(X509Certificate certificate) throws IdentityException {
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String name) {
                    return name;
                }
            }
        } catch (InvalidNameException e) {
            throw new IdentityException("the certificate's subject can't be read", e);
        }
        throw new IdentityException("the certificate's subject has no common name");
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static String hexSha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(sha256(certificate.getEncoded()));
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    /** Proven by a signature: the JDK can't derive the public half from the private one. */
    private static boolean matches(PrivateKey key, PublicKey certified) throws IdentityException {
        byte[] sample = {'s', 'e', 'k', 'i', 's', 'h', 'o'};
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(sample);
            byte[] signature = signer.sign();
            signer.initVerify(certified);
            signer.update(sample);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IdentityException("the certificate is not for a P-256 key", e);
        }
    }
}
