package org.sekisho.control.pki;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificate of HTTPS and of the terminals' port: two files in PEM, made anew when it nears its end, a host name is
 * missing from it, or the two do not belong together (the server ended between writing them).
 *
 * @param chain the certificate and the authority's
 * @param key the certificate's
 */
public record ServerCertificate(Path chain, Path key) {
    /** Under what browsers accept (398 days). */
    public static final Duration LIFE = Duration.ofDays(397);
    /** Renewed when a third of the life is left, as for terminals. */
    private static final int PARTS = 3;

    /** A clock that was set back a little is no reason for a new one. */
    private static final Duration CLOCK_SLACK = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";

    /** The files in this folder, whether they are there or not. */
    public static ServerCertificate in(Path folder) {
        return new ServerCertificate(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    /**
     * Sees that there is one that serves, and goes on serving for a while.
     *
     * @param life what a new one has; one that lives longer from now on is replaced, so that a shorter life takes effect
     * @return whether it was made anew
     */
    public boolean renew(Installation installation, List<String> hosts, Duration life, Instant now) {
        if (serves(installation, hosts, life, now)) {
            return false;
        }
        KeyPair pair = Installation.newP256();
        X509Certificate leaf = installation
                .authority()
                .issueServer(pair.getPublic(), hosts, life)
                .certificate();
        Installation.writeKey(key, pair.getPrivate());
        String pem = Installation.pem(leaf)
                + Installation.pem(installation.authority().certificate());
        PrivateFile.write(chain, pem.getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    /** The certificate as it lies in its file. */
    public X509Certificate read() {
        return Installation.certificate(PrivateFile.read(chain));
    }

    private boolean serves(Installation installation, List<String> hosts, Duration life, Instant now) {
        if (Files.notExists(chain) || Files.notExists(key)) {
            return false;
        }
        try {
            X509Certificate leaf = read();
            leaf.verify(installation.authority().certificate().getPublicKey());
            Duration left = Duration.between(now, leaf.getNotAfter().toInstant());
            return names(leaf).containsAll(wanted(hosts))
                    && left.compareTo(life.dividedBy(PARTS)) > 0
                    && left.compareTo(life.plus(CLOCK_SLACK)) <= 0
                    && belong(leaf.getPublicKey(), Installation.readP256(key));
        } catch (GeneralSecurityException e) {
            // Signed by another authority, such as one from before `pki` was replaced.
            return false;
        }
    }

    private static Set<String> names(X509Certificate leaf) throws GeneralSecurityException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        return names;
    }

    private static Set<String> wanted(List<String> hosts) {
        Set<String> wanted = new HashSet<>(hosts);
        // The JDK prints ::1 in full.
        if (wanted.remove("::1")) {
            wanted.add("0:0:0:0:0:0:0:1");
        }
        return wanted;
    }

    private static boolean belong(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        byte[] probe = "sekisho".getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(SIGNATURE);
        signing.initSign(privateKey);
        signing.update(probe);
        Signature verifying = Signature.getInstance(SIGNATURE);
        verifying.initVerify(publicKey);
        verifying.update(probe);
        return verifying.verify(signing.sign());
    }
}
