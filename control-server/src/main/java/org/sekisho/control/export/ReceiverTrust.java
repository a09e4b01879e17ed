package org.sekisho.control.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Which certificates of receivers are trusted. */
public final class ReceiverTrust {
    private ReceiverTrust() {}

    /**
     * Trust in these authorities and no other.
     *
     * @param pem null: those that Java trusts
     * @throws IOException if they can't be read
     */
    public static SSLContext of(@Nullable String pem) throws IOException {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            if (pem == null) {
                tls.init(null, null, null);
                return tls;
            }
            Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (authorities.isEmpty()) {
                throw new IOException("there is no certificate in the authority's PEM");
            }
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            int number = 0;
            for (Certificate authority : authorities) {
                anchors.setCertificateEntry("anchor-" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority's certificate can't be used: " + e.getMessage(), e);
        }
    }
}
