package org.sekisho.agent.uplink;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly one certificate authority, known by the SHA-256 of its certificate: the server must send it along, or it
 * must be at hand. Everything else (path, validity, host name) is checked by the JDK as ever.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final byte[] caSha256;
    private final List<X509Certificate> atHand;

    /**
     * @param caSha256 over the CA's DER
     * @param atHand certificates that the server need not send
     */
    PinnedTrust(byte[] caSha256, List<X509Certificate> atHand) {
        this.caSha256 = caSha256.clone();
        this.atHand = List.copyOf(atHand);
    }

    /** The JDK's own trust manager with one anchor. */
    static X509ExtendedTrustManager anchoredAt(X509Certificate ca) throws CertificateException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("ca", ca);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("this Java runtime has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("can't set up trust in the CA", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        anchored(chain).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        anchored(chain).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is not trusted without its host name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this end is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this end is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this end is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private X509ExtendedTrustManager anchored(X509Certificate[] chain) throws CertificateException {
        Optional<X509Certificate> ca = Stream.concat(Arrays.stream(chain), atHand.stream())
                .filter(this::isPinned)
                .findFirst();
        if (ca.isEmpty()) {
            throw new WrongCaException();
        }
        return anchoredAt(ca.get());
    }

    private boolean isPinned(X509Certificate certificate) {
        try {
            return MessageDigest.isEqual(caSha256, Certificates.sha256(certificate.getEncoded()));
        } catch (CertificateException e) {
            return false;
        }
    }

    /** The server's certificate does not lead to the certificate authority that the token names. */
    static final class WrongCaException extends CertificateException {
        private static final long serialVersionUID = 1L;

        WrongCaException() {
            super("none of the server's certificates is the CA that the token names");
        }
    }
}
