package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.Renewal;
import org.sekisho.v1.Segment;

/**
 * Who this terminal is to the control server, and whom it trusts. Immutable and whole: a value of this class has passed
 * every check, so that key, certificate and trust anchor always belong together.
 */
public final class Identity {
    /** RFC 2104: an HMAC key shorter than the hash is weaker; a longer one gains nothing. */
    static final int FINGERPRINT_KEY_BYTES = 32;

    private static final Pattern TARGET = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

    private final String server;
    private final PrivateKey key;
    private final EnrolResponse response;
    private final List<X509Certificate> chain;
    private final X509Certificate ca;
    private final List<PublicKey> policyKeys;
    private final GrpcTarget target;

    private Identity(
            String server,
            PrivateKey key,
            EnrolResponse response,
            List<X509Certificate> chain,
            X509Certificate ca,
            List<PublicKey> policyKeys,
            GrpcTarget target) {
        this.server = server;
        this.key = key;
        this.response = response;
        this.chain = chain;
        this.ca = ca;
        this.policyKeys = policyKeys;
        this.target = target;
    }

    /**
     * Makes an identity of what the server answered.
     *
     * @param server base URL that was enrolled with
     * @param key private half of what was asked a certificate for
     * @param at when the certificate must be valid
     * @throws IdentityException if a part is missing, malformed, or does not fit the others
     */
    public static Identity of(String server, PrivateKey key, EnrolResponse response, Instant at)
            throws IdentityException {
        requireNonNull(server, "server is null");
        requireNonNull(key, "key is null");
        required(response.getTerminal(), "terminal id");
        required(response.getTenant(), "tenant");
        if (response.getSegment() == Segment.SEGMENT_UNSPECIFIED || response.getSegment() == Segment.UNRECOGNIZED) {
            throw new IdentityException("the server's answer has no segment");
        }
        if (response.getFingerprintKey().size() != FINGERPRINT_KEY_BYTES) {
            throw new IdentityException("the server's answer has a fingerprint key of %d bytes, expected %d"
                    .formatted(response.getFingerprintKey().size(), FINGERPRINT_KEY_BYTES));
        }
        X509Certificate ca = Certificates.read(response.getCaCertificate(), "CA certificate");
        List<X509Certificate> chain = Certificates.readChain(response.getCertificateChainList());
        Certificates.check(chain, ca, key, response.getTerminal(), at);
        return new Identity(server, key, response, chain, ca, policyKeys(response), target(response.getGrpcTarget()));
    }

    /**
     * The same terminal with a new key and certificate.
     *
     * @throws IdentityException if the chain is not for this terminal and that key, or leads to another CA
     */
    public Identity renewed(PrivateKey newKey, Renewal renewal, Instant at) throws IdentityException {
        EnrolResponse next = response.toBuilder()
                .clearCertificateChain()
                .addAllCertificateChain(renewal.getCertificateChainList())
                .build();
        return of(server, newKey, next, at);
    }

    /** Base URL that was enrolled with. */
    public String server() {
        return server;
    }

    /** The id that the server gave. */
    public String terminal() {
        return response.getTerminal();
    }

    public String tenant() {
        return response.getTenant();
    }

    public Segment segment() {
        return response.getSegment();
    }

    /** Where the stream goes. */
    public GrpcTarget grpcTarget() {
        return target;
    }

    /** Secret. */
    public PrivateKey key() {
        return key;
    }

    /** The terminal's certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** SHA-256 of the terminal's certificate, as it stands in events. */
    public ByteString certificateSha256() {
        try {
            return ByteString.copyFrom(
                    MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every Java runtime has SHA-256, and a certificate its bytes", e);
        }
    }

    /** Leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Trust anchor for the server. */
    public X509Certificate ca() {
        return ca;
    }

    /** Ed25519 keys that may sign policies; at least one. */
    public List<PublicKey> policyKeys() {
        return policyKeys;
    }

    /** Secret; a copy. */
    public byte[] fingerprintKey() {
        return response.getFingerprintKey().toByteArray();
    }

    EnrolResponse response() {
        return response;
    }

    @Override
    public String toString() {
        return "Identity[" + terminal() + " at " + target + "]";
    }

    private static void required(String value, String what) throws IdentityException {
        if (value.isBlank()) {
            throw new IdentityException("the server's answer has no " + what);
        }
    }

    private static GrpcTarget target(String target) throws IdentityException {
        Matcher form = TARGET.matcher(target);
        if (form.matches()) {
            int port = Integer.parseInt(form.group(2));
            if (port >= 1 && port <= 65_535) {
                return new GrpcTarget(form.group(1), port);
            }
        }
        throw new IdentityException("the server's answer has no host:port for the stream");
    }

    private static List<PublicKey> policyKeys(EnrolResponse response) throws IdentityException {
        List<PublicKey> keys = new ArrayList<>();
        for (ByteString spki : response.getPolicyKeysList()) {
            try {
                keys.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki.toByteArray())));
            } catch (GeneralSecurityException e) {
                throw new IdentityException("the server's answer has a policy key that is not Ed25519", e);
            }
        }
        if (keys.isEmpty()) {
            throw new IdentityException("the server's answer has no policy key");
        }
        return List.copyOf(keys);
    }

    /** Host and port of the server's gRPC end. */
    public record GrpcTarget(String host, int port) {
        public GrpcTarget {
            requireNonNull(host, "host is null");
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
