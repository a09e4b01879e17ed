package org.sekisho.control.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.sekisho.control.passkey.PasskeyRefusedException;
import org.sekisho.control.passkey.PasskeyStore.PasskeyView;
import org.sekisho.control.passkey.Passkeys;
import org.sekisho.control.passkey.RegistrationAnswer;
import org.sekisho.control.rest.ProblemException;

/**
 * A new passkey as a browser sends it.
 *
 * @param name what its owner calls it
 */
public record PasskeyAnswer(
        @NotBlank @Size(max = 100) String name,
        @NotNull @Valid RegistrationAnswer answer) {

    /** Keeps the passkey, for an operator that exists. */
    PasskeyView register(Passkeys passkeys, UUID operator) {
        try {
            return passkeys.register(operator, OperatorName.checked(name), answer);
        } catch (PasskeyRefusedException e) {
            throw refused();
        }
    }

    static ProblemException refused() {
        return ProblemException.badRequest(
                "The passkey can't be registered: its challenge is used up or too old, or the"
                        + " authenticator did not verify its person; begin again");
    }
}
