package org.sekisho.control.passkey;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a browser is asked for (Web Authentication, 5.4 and 5.5); bytes as base64url. */
public final class PasskeyOptions {
    /** Of the algorithms that authenticators know, those that webauthn4j checks and nobody calls weak (RFC 9053). */
    static final List<Integer> ALGORITHMS = List.of(-8, -7, -257);

    private PasskeyOptions() {}

    /**
     * To make a passkey: discoverable, with its person verified.
     *
     * @param algorithms COSE numbers, best first
     * @param excluded ids of the passkeys that the operator has
     * @param timeoutMillis how long an answer is waited for
     */
    @Schema(
            name = "PasskeyCreation",
            requiredProperties = {"challenge", "domain", "userId", "userName", "algorithms", "excluded", "timeoutMillis"
            })
    public record Creation(
            String challenge,
            String domain,
            String userId,
            String userName,
            List<Integer> algorithms,
            List<String> excluded,
            long timeoutMillis) {}

    /** To sign in by a passkey of this domain; whose it is, the passkey says. */
    @Schema(
            name = "PasskeyRequest",
            requiredProperties = {"challenge", "domain", "timeoutMillis"})
    public record Request(String challenge, String domain, long timeoutMillis) {}
}
