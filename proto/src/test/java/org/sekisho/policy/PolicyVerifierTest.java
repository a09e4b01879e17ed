package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.policy.Verification.Accepted;
import org.sekisho.policy.Verification.Refused;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

class PolicyVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final KeyPair KEYS = keys("Ed25519");

    private final PolicySigner signer = new PolicySigner(KEYS);
    private final PolicyVerifier verifier =
            new PolicyVerifier(List.of(KEYS.getPublic()), "nagaoka", Set.of("segment:MY_NUMBER", "terminal:t1"));

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SignedPayload.Builder payload() {
        Policy policy = PolicyTemplates.load(Segment.MY_NUMBER).policy().toBuilder()
                .setRevision(5)
                .build();
        return SignedPayload.newBuilder()
                .setTenant("nagaoka")
                .setAudience("segment:MY_NUMBER")
                .setRevision(5)
                .setNotBefore(NOW.getEpochSecond())
                .setExpiresAt(NOW.getEpochSecond() + 1)
                .setPolicy(policy);
    }

    private void refuses(Refusal refusal, Signed signed) {
        refuses(refusal, signed, RevisionFloor.NONE);
    }

    private void refuses(Refusal refusal, Signed signed, RevisionFloor floor) {
        assertThat(verifier.verify(signed, floor, NOW)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal);
            assertThat(refused.detail()).isNotEmpty();
            assertThat(refused.payloadSha256().size()).isEqualTo(32);
        });
    }

    @Test
    void acceptsWhatWasSignedForIt() {
        Signed signed = signer.sign(payload().build());

        assertThat(verifier.verify(signed, RevisionFloor.NONE, NOW))
                .isInstanceOfSatisfying(Accepted.class, accepted -> {
                    assertThat(accepted.policy()).isEqualTo(payload().getPolicy());
                    assertThat(accepted.revision()).isEqualTo(5);
                    assertThat(accepted.payloadSha256())
                            .isEqualTo(SigningKeys.sha256(signed.getPayload().toByteArray()));
                });
    }

    @Test
    void acceptsThePolicyOfItsOwnTerminal() {
        assertThat(verifier.verify(
                        signer.sign(payload().setAudience("terminal:t1").build()), RevisionFloor.NONE, NOW))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void acceptsTheSameDocumentAgain() {
        Signed signed = signer.sign(payload().build());
        RevisionFloor floor =
                new RevisionFloor(5, SigningKeys.sha256(signed.getPayload().toByteArray()));

        assertThat(verifier.verify(signed, floor, NOW)).isInstanceOf(Accepted.class);
    }

    @Test
    void refusesAnyChangedBitOfPayloadOrSignature() {
        Signed signed = signer.sign(payload().build());
        for (int i = 0; i < 64; i++) {
            byte[] signature = signed.getSignature().toByteArray();
            signature[i] ^= 1;
            refuses(
                    Refusal.WRONG_SIGNATURE,
                    signed.toBuilder()
                            .setSignature(ByteString.copyFrom(signature))
                            .build());
            byte[] payload = signed.getPayload().toByteArray();
            payload[i * (payload.length / 64)] ^= 4;
            refuses(
                    Refusal.WRONG_SIGNATURE,
                    signed.toBuilder().setPayload(ByteString.copyFrom(payload)).build());
        }
    }

    @Test
    void refusesASignatureWithoutTheContext() throws GeneralSecurityException {
        byte[] payload = payload().build().toByteArray();
        java.security.Signature bare = java.security.Signature.getInstance("Ed25519");
        bare.initSign(KEYS.getPrivate());
        bare.update(payload);

        refuses(
                Refusal.WRONG_SIGNATURE,
                Signed.newBuilder()
                        .setPayload(ByteString.copyFrom(payload))
                        .setSignature(ByteString.copyFrom(bare.sign()))
                        .setKeyId(SigningKeys.id(KEYS.getPublic()))
                        .build());
    }

    @Test
    void refusesTheSignatureOfAnotherKeyUnderATrustedId() {
        Signed signed = new PolicySigner(keys("Ed25519")).sign(payload().build());

        refuses(Refusal.UNKNOWN_KEY, signed);
        refuses(
                Refusal.WRONG_SIGNATURE,
                signed.toBuilder().setKeyId(SigningKeys.id(KEYS.getPublic())).build());
    }

    @Test
    void refusesWhatIsForOthers() {
        refuses(Refusal.WRONG_TENANT, signer.sign(payload().setTenant("other").build()));
        refuses(
                Refusal.WRONG_AUDIENCE,
                signer.sign(payload().setAudience("terminal:t2").build()));
        refuses(
                Refusal.WRONG_AUDIENCE,
                signer.sign(payload().setAudience("segment:LGWAN").build()));
        Policy other =
                payload().getPolicy().toBuilder().setSegment(Segment.LGWAN).build();
        refuses(Refusal.WRONG_AUDIENCE, signer.sign(payload().setPolicy(other).build()));
    }

    @Test
    void refusesOutsideItsTime() {
        long now = NOW.getEpochSecond();
        refuses(
                Refusal.NOT_YET_VALID,
                signer.sign(
                        payload().setNotBefore(now + 1).setExpiresAt(now + 9).build()));
        refuses(
                Refusal.EXPIRED,
                signer.sign(payload().setNotBefore(now - 9).setExpiresAt(now).build()));
    }

    @Test
    void refusesToGoBack() {
        Signed signed = signer.sign(payload().build());
        ByteString other = SigningKeys.sha256(new byte[] {1});

        refuses(Refusal.ROLLED_BACK, signed, new RevisionFloor(6, other));
        refuses(Refusal.ROLLED_BACK, signed, new RevisionFloor(5, other));
        assertThat(verifier.verify(signed, new RevisionFloor(4, other), NOW)).isInstanceOf(Accepted.class);
    }

    @Test
    void refusesWhatTheCheckFindsErrorsIn() {
        Policy lockOut = payload().getPolicy().toBuilder().clearRules().build();

        refuses(Refusal.CHECK_FAILED, signer.sign(payload().setPolicy(lockOut).build()));
    }

    @Test
    void refusesWhatIsMalformed() {
        Signed good = signer.sign(payload().build());
        refuses(Refusal.MALFORMED, Signed.getDefaultInstance());
        refuses(Refusal.MALFORMED, signer.sign(ByteString.copyFromUtf8("no message")));
        refuses(Refusal.MALFORMED, signer.sign(payload().clearPolicy().build()));
        refuses(Refusal.MALFORMED, signer.sign(payload().setRevision(6).build()));
        refuses(Refusal.MALFORMED, signer.sign(payload().setExpiresAt(0).build()));
        refuses(
                Refusal.MALFORMED,
                good.toBuilder()
                        .setPayload(ByteString.copyFrom(new byte[PolicyVerifier.MAX_PAYLOAD_BYTES + 1]))
                        .build());
        refuses(
                Refusal.MALFORMED,
                good.toBuilder().setSignature(good.getSignature().substring(1)).build());
    }

    @Test
    void signsNothingThatATerminalWouldNotTake() {
        ByteString large = ByteString.copyFrom(new byte[PolicyVerifier.MAX_PAYLOAD_BYTES + 1]);

        assertThatThrownBy(() -> signer.sign(large)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed448", "RSA", "EC"})
    void takesNoOtherKindOfKey(String algorithm) {
        KeyPair others = keys(algorithm);

        assertThatThrownBy(() -> new PolicySigner(others)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PolicyVerifier(List.of(others.getPublic()), "x", Set.of("y")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKeys.publicKey(others.getPublic().getEncoded()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAPublicKeyBack() {
        assertThat(SigningKeys.publicKey(KEYS.getPublic().getEncoded())).isEqualTo(KEYS.getPublic());
        assertThat(SigningKeys.id(KEYS.getPublic()).size()).isEqualTo(8);
    }
}
