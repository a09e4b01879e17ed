package org.sekisho.control.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.passkey.PasskeyOptions.Creation;
import org.sekisho.control.passkey.PasskeyOptions.Request;
import org.sekisho.control.passkey.PasskeyStore.PasskeyView;
import org.sekisho.control.passkey.PasskeyStore.StoredPasskey;
import org.sekisho.control.rest.ProblemException;

/**
 * Registers passkeys and signs in by them. The person is always verified by the authenticator; who made the authenticator is
 * not asked. Thread-safe; joins the caller's transaction.
 */
@Singleton
public class Passkeys {
    private static final String SIGN_IN = "sign-in";
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = PasskeyOptions.ALGORITHMS.stream()
            .map(number -> new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(number)))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter attested = new AttestedCredentialDataConverter(converter);
    private final PasskeyChallenges challenges;
    private final PasskeyStore passkeys;
    private final RelyingParty party;

    @Inject
    Passkeys(PasskeyChallenges challenges, PasskeyStore passkeys, RelyingParty party) {
        this.challenges = challenges;
        this.passkeys = passkeys;
        this.party = party;
    }

    /** What to ask a browser for, to make a passkey of this operator; {@code purpose} must come again with the answer. */
    public Creation begin(String purpose, UUID operator, String userName, Duration life) {
        byte[] challenge = challenges.issue(purpose, operator, life);
        return new Creation(
                text(challenge),
                party.id(),
                text(handle(operator)),
                userName,
                PasskeyOptions.ALGORITHMS,
                passkeys.idsOf(operator).stream().map(Passkeys::text).toList(),
                life.toMillis());
    }

    /**
     * For whom the challenge was that this answers, if it was ours and for this; it is used up by that, whatever follows. To
     * be called before anything else in a transaction.
     */
    public Optional<UUID> claim(String purpose, RegistrationAnswer answer) {
        try {
            return Optional.ofNullable(
                    taken(purpose, parsed(answer).getCollectedClientData()).operator());
        } catch (PasskeyRefusedException e) {
            return Optional.empty();
        }
    }

    /** Checks and keeps the passkey of an operator for whom the challenge was {@linkplain #claim claimed}. */
    public PasskeyView register(UUID operator, String name, RegistrationAnswer answer) throws PasskeyRefusedException {
        RegistrationData data = parsed(answer);
        CollectedClientData client = data.getCollectedClientData();
        try {
            webAuthn.verify(
                    data,
                    new RegistrationParameters(
                            party.answering(
                                    client == null
                                            ? new byte[0]
                                            : client.getChallenge().getValue()),
                            ALGORITHMS,
                            true,
                            true));
        } catch (VerificationException e) {
            throw new PasskeyRefusedException("registration: " + e.getClass().getSimpleName(), operator, e);
        }
        AuthenticatorData<?> authenticator = data.getAttestationObject().getAuthenticatorData();
        AttestedCredentialData key = authenticator.getAttestedCredentialData();
        if (key == null) {
            throw new PasskeyRefusedException("registration: no key", operator, null);
        }
        return passkeys.insert(
                        operator,
                        name,
                        key.getCredentialId(),
                        attested.convert(key),
                        authenticator.getSignCount(),
                        authenticator.isFlagBE())
                .orElseThrow(() -> new ProblemException(
                        409,
                        "passkey-known",
                        "This passkey is registered already, or there are " + PasskeyStore.MOST + " of them"));
    }

    /** What to ask a browser for, to sign in. */
    public Request beginSignIn(Duration life) {
        return new Request(text(challenges.issue(SIGN_IN, null, life)), party.id(), life.toMillis());
    }

    /** Whose passkey signed the answer to a challenge of ours. */
    public UUID signIn(SignInAnswer answer) throws PasskeyRefusedException {
        AuthenticationData data = parsed(answer);
        taken(SIGN_IN, data.getCollectedClientData());
        StoredPasskey stored = passkeys.lock(data.getCredentialId())
                .orElseThrow(() -> new PasskeyRefusedException("sign-in: unknown passkey"));
        verify(data, stored);
        AuthenticatorData<?> authenticator = data.getAuthenticatorData();
        passkeys.used(stored.id(), authenticator == null ? stored.signCount() : authenticator.getSignCount());
        return stored.operator();
    }

    private void verify(AuthenticationData data, StoredPasskey stored) throws PasskeyRefusedException {
        byte @Nullable [] user = data.getUserHandle();
        if (user == null || !Arrays.equals(user, handle(stored.operator()))) {
            throw new PasskeyRefusedException("sign-in: not its owner", stored.operator(), null);
        }
        CollectedClientData client = data.getCollectedClientData();
        byte[] challenge = client == null ? new byte[0] : client.getChallenge().getValue();
        try {
            webAuthn.verify(
                    data,
                    new AuthenticationParameters(
                            party.answering(challenge), record(stored), List.of(data.getCredentialId()), true, true));
        } catch (MaliciousCounterValueException e) {
            throw new PasskeyRefusedException(
                    "sign-in: the counter did not rise; the passkey may have been copied", stored.operator(), e);
        } catch (VerificationException e) {
            throw new PasskeyRefusedException("sign-in: " + e.getClass().getSimpleName(), stored.operator(), e);
        }
    }

    private CredentialRecordImpl record(StoredPasskey stored) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                stored.synced(),
                null,
                stored.signCount(),
                attested.convert(stored.attested()),
                null,
                null,
                null,
                null);
    }

    private PasskeyChallenges.Issued taken(String purpose, @Nullable CollectedClientData client)
            throws PasskeyRefusedException {
        Optional<PasskeyChallenges.Issued> issued = client == null
                ? Optional.empty()
                : challenges.take(client.getChallenge().getValue(), purpose);
        return issued.orElseThrow(
                () -> new PasskeyRefusedException("the challenge is unknown, used up, too old or for something else"));
    }

    private RegistrationData parsed(RegistrationAnswer answer) throws PasskeyRefusedException {
        try {
            return webAuthn.parse(answer.request());
        } catch (DataConversionException | IllegalArgumentException e) {
            throw new PasskeyRefusedException("registration: unreadable", null, e);
        }
    }

    private AuthenticationData parsed(SignInAnswer answer) throws PasskeyRefusedException {
        try {
            return webAuthn.parse(answer.request());
        } catch (DataConversionException | IllegalArgumentException e) {
            throw new PasskeyRefusedException("sign-in: unreadable", null, e);
        }
    }

    /** An operator as authenticators know them (Web Authentication, 5.4.3: nothing personal). */
    private static byte[] handle(UUID operator) {
        return ByteBuffer.allocate(16)
                .putLong(operator.getMostSignificantBits())
                .putLong(operator.getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
