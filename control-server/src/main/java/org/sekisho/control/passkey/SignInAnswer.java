package org.sekisho.control.passkey;

import com.webauthn4j.data.AuthenticationRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Base64;

/**
 * What a browser's authenticator signed (Web Authentication, AuthenticatorAssertionResponse), as base64url.
 *
 * @param id the passkey's id
 * @param clientData the browser's part: challenge, origin
 * @param authenticatorData the authenticator's part: counter, and whether it verified its person
 * @param userHandle whose passkey it says it is
 */
public record SignInAnswer(
        @NotNull @Size(max = 2048) String id,
        @NotNull @Size(max = 8192) String clientData,
        @NotNull @Size(max = 8192) String authenticatorData,
        @NotNull @Size(max = 2048) String signature,
        @NotNull @Size(max = 256) String userHandle) {

    AuthenticationRequest request() {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return new AuthenticationRequest(
                decoder.decode(id),
                decoder.decode(userHandle),
                decoder.decode(authenticatorData),
                decoder.decode(clientData),
                decoder.decode(signature));
    }
}
