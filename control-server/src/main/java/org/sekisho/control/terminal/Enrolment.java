package org.sekisho.control.terminal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.CertificateRequest;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.IssuedCertificate;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.terminal.EnrolmentTokens.Grant;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.Status;

/**
 * Takes new terminals in: a valid token and a sound certificate request make a terminal, both or nothing. Thread-safe.
 */
@Singleton
class Enrolment {
    /** The largest honest request: 8 KiB of certificate request and an inventory. */
    static final int MAX_REQUEST = 64 * 1024;

    private static final int MAX_HOST = 255;
    private static final int WIRE_VERSION = 1;
    /** 80 bits as base 32: no two terminals share an id, and a person can still compare two. */
    private static final int ID_BYTES = 10;

    private final EnrolmentTokens tokens;
    private final TerminalStore terminals;
    private final TerminalGroups groups;
    private final EnrolmentGate gate;
    private final EnrolmentRecord record;
    private final Installation installation;
    private final ServerSettings settings;
    private final SecureRandom random = new SecureRandom();

    @Inject
    Enrolment(
            EnrolmentTokens tokens,
            TerminalStore terminals,
            TerminalGroups groups,
            EnrolmentGate gate,
            EnrolmentRecord record,
            Installation installation,
            ServerSettings settings) {
        this.tokens = tokens;
        this.terminals = terminals;
        this.groups = groups;
        this.gate = gate;
        this.record = record;
        this.installation = installation;
        this.settings = settings;
    }

    EnrolResponse enrol(byte[] body, String address) {
        gate.enter(address);
        try {
            return admit(read(body), address);
        } catch (ProblemException e) {
            gate.failed(address);
            throw e;
        } finally {
            gate.leave();
        }
    }

    private EnrolResponse admit(EnrolRequest request, String address) {
        if (request.getWireVersion() < WIRE_VERSION) {
            throw ProblemException.badRequest("This server speaks wire version " + WIRE_VERSION + "; update the agent");
        }
        EnrolmentToken token = EnrolmentToken.read(request.getToken()).orElseThrow(Enrolment::refused);
        if (!MessageDigest.isEqual(token.anchorDigest(), installation.anchorDigest())) {
            throw new ProblemException(403, "wrong-server", "This enrolment token is for another server");
        }
        CertificateRequest csr = certificateRequest(request.getCertificateRequest());
        return record.inTransaction(() -> {
                    Optional<Grant> grant = tokens.use(token);
                    return grant.map(granted -> take(granted, request, csr, address));
                })
                .orElseThrow(() -> {
                    tokens.spent(token).ifPresent(id -> record.replayed(id, address, host(request)));
                    return refused();
                });
    }

    private EnrolResponse take(Grant grant, EnrolRequest request, CertificateRequest csr, String address) {
        String id = newId();
        IssuedCertificate certificate =
                installation.authority().issueTerminal(csr.publicKey(), id, settings.certificateLife());
        Status status = Status.newBuilder().setInventory(request.getInventory()).build();
        terminals.insert(id, host(request), grant, status, certificate);
        if (grant.group() != null) {
            groups.put(grant.group(), id);
        }
        record.enrolled(id, grant.token(), host(request), address);
        return EnrolResponse.newBuilder()
                .setTerminal(id)
                .setTenant(installation.tenant())
                .setSegment(grant.segment())
                .addCertificateChain(ByteString.copyFrom(certificate.der()))
                .addCertificateChain(ByteString.copyFrom(installation.anchor()))
                .setCaCertificate(ByteString.copyFrom(installation.anchor()))
                .addPolicyKeys(
                        ByteString.copyFrom(installation.policyKey().getPublic().getEncoded()))
                .setGrpcTarget(settings.host() + ":" + settings.grpcPort())
                .setFingerprintKey(ByteString.copyFrom(installation.fingerprintKey()))
                .build();
    }

    private static EnrolRequest read(byte[] body) {
        if (body.length > MAX_REQUEST) {
            throw new ProblemException(413, "too-large", "An enrolment request has at most " + MAX_REQUEST + " bytes");
        }
        try {
            return EnrolRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw ProblemException.badRequest("The body is not a sekisho.v1.EnrolRequest");
        }
    }

    private static CertificateRequest certificateRequest(ByteString der) {
        try {
            return CertificateRequest.read(der.toByteArray());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String host(EnrolRequest request) {
        String host = request.getHost().strip();
        if (host.isEmpty() || host.length() > MAX_HOST || host.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest("host must have 1 to " + MAX_HOST + " printable characters");
        }
        return host;
    }

    /** The same for every token that doesn't work: a stranger learns nothing of which exist. */
    private static ProblemException refused() {
        return new ProblemException(
                403,
                "token-refused",
                "This enrolment token is unknown, expired or used up; ask an administrator for a new one");
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        // Base 32 as Java writes numbers: 0-9 and a-v.
        return "t-" + new java.math.BigInteger(1, bytes).toString(32).toLowerCase(Locale.ROOT);
    }
}
