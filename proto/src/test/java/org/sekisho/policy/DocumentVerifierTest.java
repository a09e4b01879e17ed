package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.policy.DocumentVerification.Accepted;
import org.sekisho.policy.DocumentVerification.Refused;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.RegisteredMedium;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

class DocumentVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final KeyPair KEYS = keys();
    private static final PermitBook BOOK = PermitBook.newBuilder()
            .addPermits(PermitGrant.newBuilder()
                    .setId("p")
                    .setUser("alice")
                    .setTerminal("t1")
                    .setChannel(Channel.CLIPBOARD)
                    .setDirection(PermitDirection.OUTWARD)
                    .setUntilMicros(1))
            .build();
    private static final MediaRegister REGISTER = MediaRegister.newBuilder()
            .addMedia(RegisteredMedium.newBuilder()
                    .setId("m")
                    .setDevice(DeviceIdentity.newBuilder().setDeviceHash("ab".repeat(32))))
            .build();

    private final PolicySigner signer = new PolicySigner(KEYS);
    private final DocumentVerifier<PermitBook> permits =
            DocumentVerifier.permits(List.of(KEYS.getPublic()), "nagaoka", "t1");
    private final DocumentVerifier<MediaRegister> register =
            DocumentVerifier.mediaRegister(List.of(KEYS.getPublic()), "nagaoka", Segment.MY_NUMBER);

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SignedPayload.Builder payload(String audience) {
        return SignedPayload.newBuilder()
                .setTenant("nagaoka")
                .setAudience(audience)
                .setRevision(5)
                .setNotBefore(NOW.getEpochSecond())
                .setExpiresAt(NOW.getEpochSecond() + 1);
    }

    private static SignedPayload.Builder book() {
        return payload("terminal:t1").setPermits(BOOK);
    }

    private void refuses(Refusal refusal, Signed signed, RevisionFloor floor) {
        assertThat(permits.verify(signed, floor, NOW)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal);
            assertThat(refused.payloadSha256())
                    .isEqualTo(SigningKeys.sha256(signed.getPayload().toByteArray()));
        });
    }

    private void refuses(Refusal refusal, SignedPayload.Builder payload) {
        refuses(refusal, signer.sign(payload.build()), RevisionFloor.NONE);
    }

    @Test
    void acceptsItsOwn() {
        assertThat(permits.verify(signer.sign(book().build()), RevisionFloor.NONE, NOW))
                .isInstanceOfSatisfying(Accepted.class, accepted -> {
                    assertThat(accepted.document()).isEqualTo(BOOK);
                    assertThat(accepted.revision()).isEqualTo(5);
                });
        assertThat(register.verify(
                        signer.sign(payload("segment:MY_NUMBER")
                                .setMediaRegister(REGISTER)
                                .build()),
                        RevisionFloor.NONE,
                        NOW))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.document()).isEqualTo(REGISTER));
    }

    @Test
    void refusesAnotherTerminalsBook() {
        refuses(Refusal.WRONG_AUDIENCE, book().setAudience("terminal:t2"));
        refuses(Refusal.WRONG_AUDIENCE, book().setAudience("segment:MY_NUMBER"));
        refuses(
                Refusal.CHECK_FAILED,
                book().setPermits(PermitBook.newBuilder()
                        .addPermits(BOOK.getPermits(0).toBuilder().setTerminal("t2"))));
    }

    @Test
    void refusesADocumentOfAnotherKind() {
        refuses(Refusal.MALFORMED, book().setMediaRegister(REGISTER));
        refuses(Refusal.MALFORMED, payload("terminal:t1"));
        assertThat(register.verify(
                        signer.sign(
                                payload("segment:MY_NUMBER").setPermits(BOOK).build()),
                        RevisionFloor.NONE,
                        NOW))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refusesWhatIsForgedOrRolledBackOrOutOfItsTime() {
        Signed good = signer.sign(book().build());
        byte[] changed = good.getPayload().toByteArray();
        changed[changed.length / 2] ^= 1;

        refuses(
                Refusal.WRONG_SIGNATURE,
                good.toBuilder().setPayload(ByteString.copyFrom(changed)).build(),
                RevisionFloor.NONE);
        refuses(Refusal.UNKNOWN_KEY, new PolicySigner(keys()).sign(book().build()), RevisionFloor.NONE);
        refuses(Refusal.ROLLED_BACK, good, new RevisionFloor(6, ByteString.EMPTY));
        refuses(Refusal.ROLLED_BACK, good, new RevisionFloor(5, ByteString.EMPTY));
        refuses(Refusal.WRONG_TENANT, book().setTenant("other"));
        refuses(Refusal.EXPIRED, book().setNotBefore(0).setExpiresAt(NOW.getEpochSecond()));
        refuses(
                Refusal.NOT_YET_VALID,
                book().setNotBefore(NOW.getEpochSecond() + 1).setExpiresAt(NOW.getEpochSecond() + 2));
        refuses(Refusal.MALFORMED, book().setRevision(0));
    }
}
