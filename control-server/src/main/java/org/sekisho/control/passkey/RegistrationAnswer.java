package org.sekisho.control.passkey;

import com.webauthn4j.data.RegistrationRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Base64;

/**
 * What a browser's authenticator made (Web Authentication, AuthenticatorAttestationResponse), as base64url.
 *
 * @param clientData the browser's part: challenge, origin
 * @param attestation the authenticator's part: the new key
 */
public record RegistrationAnswer(
        @NotNull @Size(max = MAX) String clientData,
        @NotNull @Size(max = MAX) String attestation) {
    /** An attestation with a chain of certificates stays well below. */
    static final int MAX = 32 * 1024;

    RegistrationRequest request() {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return new RegistrationRequest(decoder.decode(attestation), decoder.decode(clientData));
    }
}
