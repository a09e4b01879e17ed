package org.sekisho.control.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.PrivateFile;

/**
 * The certificate of HTTPS and of the terminals' port: two files in PEM, made anew when it nears its end or a host name
 * is missing from it.
 */
record ServerCertificate(Path chain, Path key) {
    /** Under what browsers accept (398 days); a server is restarted for updates more often than that. */
    private static final Duration LIFE = Duration.ofDays(397);
    /** A third of the life, as for terminals. */
    private static final Duration RENEW_BEFORE = LIFE.dividedBy(3);

    static ServerCertificate prepare(Path folder, Installation installation, List<String> hosts, Clock clock) {
        ServerCertificate files = new ServerCertificate(folder.resolve("server.pem"), folder.resolve("server.key"));
        if (!files.serves(installation, hosts, clock.instant())) {
            KeyPair pair = Installation.newP256();
            X509Certificate leaf = installation
                    .authority()
                    .issueServer(pair.getPublic(), hosts, LIFE)
                    .certificate();
            Installation.writeKey(files.key, pair.getPrivate());
            String chain = Installation.pem(leaf)
                    + Installation.pem(installation.authority().certificate());
            PrivateFile.write(files.chain, chain.getBytes(StandardCharsets.US_ASCII));
        }
        return files;
    }

    private boolean serves(Installation installation, List<String> hosts, Instant now) {
        if (Files.notExists(chain) || Files.notExists(key)) {
            return false;
        }
        try {
            X509Certificate leaf = Installation.certificate(PrivateFile.read(chain));
            leaf.verify(installation.authority().certificate().getPublicKey());
            Set<String> names = new HashSet<>();
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
            }
            // The JDK prints ::1 in full.
            Set<String> wanted = new HashSet<>(hosts);
            if (wanted.remove("::1")) {
                wanted.add("0:0:0:0:0:0:0:1");
            }
            return names.containsAll(wanted)
                    && now.isBefore(leaf.getNotAfter().toInstant().minus(RENEW_BEFORE));
        } catch (CertificateParsingException e) {
            return false;
        } catch (java.security.GeneralSecurityException e) {
            // Signed by another authority, such as one from before `pki` was replaced.
            return false;
        }
    }
}
