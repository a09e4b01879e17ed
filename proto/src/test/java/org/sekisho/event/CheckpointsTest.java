package org.sekisho.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.Checkpoint;

class CheckpointsTest {
    private final ChainHead head =
            new ChainHead(0x0102030405060708L, Chains.chain(1).get(0).getHash());
    private final KeyPair key = p256();
    private final Checkpoint signed;

    CheckpointsTest() throws Exception {
        signed = Checkpoints.sign(Chains.TERMINAL, head, key.getPrivate(), key.getPublic());
    }

    @Test
    void signsTheDocumentedBytes() throws Exception {
        ByteArrayOutputStream documented = new ByteArrayOutputStream();
        documented.write("sekisho/v1/checkpoint\nt-0001".getBytes(StandardCharsets.UTF_8));
        documented.write(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
        documented.write(head.hash().toByteArray());

        Signature independent = Signature.getInstance("SHA256withECDSA");
        independent.initVerify(key.getPublic());
        independent.update(documented.toByteArray());
        assertThat(independent.verify(signed.getSignature().toByteArray())).isTrue();
        assertThat(signed.getPublicKeySha256().toByteArray())
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(key.getPublic().getEncoded()));
    }

    @Test
    void verifiesWhatItSigned() throws Exception {
        assertThat(Checkpoints.verify(Chains.TERMINAL, signed, key.getPublic())).isTrue();
        assertThat(Checkpoints.fits(signed, head)).isTrue();
    }

    @Test
    void refusesWhateverWasChanged() throws Exception {
        assertRefused("t-0002", signed.toBuilder());
        assertRefused(Chains.TERMINAL, signed.toBuilder().setThroughSeq(1));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setThroughSeq(-1));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setChainHash(ChainHead.GENESIS.hash()));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setChainHash(ByteString.EMPTY));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setSignature(ByteString.EMPTY));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setSignature(ByteString.copyFrom(new byte[71])));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setSignature(ByteString.copyFrom(new byte[1000])));
        assertRefused(Chains.TERMINAL, signed.toBuilder().setPublicKeySha256(ChainHead.GENESIS.hash()));
    }

    @Test
    void refusesAnotherKeyEvenWhenItIsNamed() throws Exception {
        KeyPair other = p256();

        assertThat(Checkpoints.verify(Chains.TERMINAL, signed, other.getPublic()))
                .isFalse();
        assertRefused(
                Chains.TERMINAL,
                Checkpoints.sign(Chains.TERMINAL, head, other.getPrivate(), key.getPublic()).toBuilder());
    }

    @Test
    void saysWhetherTheClaimIsAboutTheEventBefore() {
        assertThat(Checkpoints.fits(signed, new ChainHead(1, head.hash()))).isFalse();
        assertThat(Checkpoints.fits(signed, new ChainHead(head.seq(), ChainHead.GENESIS.hash())))
                .isFalse();
    }

    @Test
    void needsAnEllipticCurveKey() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertThatThrownBy(() -> Checkpoints.sign(Chains.TERMINAL, head, rsa.getPrivate(), rsa.getPublic()))
                .isInstanceOf(InvalidKeyException.class);
    }

    private void assertRefused(String terminal, Checkpoint.Builder checkpoint) throws Exception {
        assertThat(Checkpoints.verify(terminal, checkpoint.build(), key.getPublic()))
                .isFalse();
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
