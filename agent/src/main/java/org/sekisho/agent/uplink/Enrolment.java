package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sekisho.agent.uplink.EnrolmentException.Reason;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.Inventory;

/**
 * Lets this terminal into an installation: makes its key, has it certified, and keeps what came of it.
 *
 * <p>May be tried again after any failure, also of power: the key is kept before the token is spent, and until the whole
 * identity is durable, the one before (if any) stays.
 */
public final class Enrolment {
    /** Wire version that this agent speaks. */
    public static final int WIRE_VERSION = 1;

    /** A server that makes a certificate answers within a second or two; this allows for a slow link. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IdentityVault vault;
    private final EnrolmentCall call;
    private final Clock clock;

    Enrolment(IdentityVault vault, EnrolmentCall call, Clock clock) {
        this.vault = requireNonNull(vault, "vault is null");
        this.call = requireNonNull(call, "call is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Enrolment into {@code vault}, over the network. */
    public static Enrolment in(IdentityVault vault) {
        return new Enrolment(vault, new EnrolmentCall(PATIENCE), Clock.systemUTC());
    }

    /**
     * Enrols.
     *
     * @param server base URL, https
     * @param caAtHand the CA's certificate if the server may not send it; may be empty
     * @param inventory what the console shows of the terminal; its host names the terminal
     * @param force replace an identity that is there already
     * @return the new identity; durable
     */
    public Identity enrol(
            URI server, EnrolmentToken token, List<X509Certificate> caAtHand, Inventory inventory, boolean force)
            throws EnrolmentException {
        checkCaAtHand(token, caAtHand);
        KeyPair key = key(token, force);
        EnrolResponse response = call.send(
                server,
                token,
                caAtHand,
                EnrolRequest.newBuilder()
                        .setToken(token.secret())
                        .setCertificateRequest(ByteString.copyFrom(CertificateRequest.of(key)))
                        .setHost(inventory.getHost())
                        .setInventory(inventory)
                        .setWireVersion(WIRE_VERSION)
                        .build());
        Identity identity = identity(server, token, key, response);
        try {
            vault.save(identity, clock.instant());
            vault.forgetEnrolmentKey();
        } catch (IOException e) {
            throw notStored(e);
        }
        return identity;
    }

    private KeyPair key(EnrolmentToken token, boolean force) throws EnrolmentException {
        try {
            if (vault.enrolled() && !force) {
                throw new EnrolmentException(Reason.ALREADY_ENROLLED, "this terminal has an identity");
            }
            return vault.enrolmentKey(token);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private Identity identity(URI server, EnrolmentToken token, KeyPair key, EnrolResponse response)
            throws EnrolmentException {
        try {
            Identity identity = Identity.of(server.toString(), key.getPrivate(), response, clock.instant());
            if (!isNamedBy(token, identity.ca())) {
                throw new EnrolmentException(Reason.WRONG_CA, "the answer names another CA than the token");
            }
            return identity;
        } catch (IdentityException e) {
            throw new EnrolmentException(Reason.BAD_ANSWER, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkCaAtHand(EnrolmentToken token, List<X509Certificate> caAtHand) throws EnrolmentException {
        if (!caAtHand.isEmpty() && caAtHand.stream().noneMatch(ca -> isNamedBy(token, ca))) {
            throw new EnrolmentException(Reason.WRONG_CA, "the CA file does not hold the CA that the token names");
        }
    }

    private static boolean isNamedBy(EnrolmentToken token, X509Certificate ca) {
        try {
            return MessageDigest.isEqual(token.caSha256(), Certificates.sha256(ca.getEncoded()));
        } catch (CertificateException e) {
            return false;
        }
    }

    private static EnrolmentException notStored(IOException e) {
        return new EnrolmentException(Reason.NOT_STORED, String.valueOf(e.getMessage()), e);
    }
}
