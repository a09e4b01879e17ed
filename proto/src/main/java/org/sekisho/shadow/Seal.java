package org.sekisho.shadow;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/** HPKE in one shot (RFC 9180, 6.1): the encapsulated key, then what was sealed. */
final class Seal {
    private static final int ENCAPSULATED = 32;

    private Seal() {}

    static byte[] seal(AsymmetricKeyParameter to, byte[] info, byte[] bound, byte[] secret) throws ShadowException {
        try {
            byte[][] sealed = hpke().seal(to, info, bound, secret, new byte[0], new byte[0], null);
            byte[] both = Arrays.copyOf(sealed[1], sealed[1].length + sealed[0].length);
            System.arraycopy(sealed[0], 0, both, sealed[1].length, sealed[0].length);
            return both;
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new ShadowException("nothing can be sealed to this key", e);
        }
    }

    static byte[] open(X25519PrivateKeyParameters key, byte[] info, byte[] bound, byte[] both) throws ShadowException {
        if (both.length < ENCAPSULATED) {
            throw new ShadowException("a sealed key is too short");
        }
        try {
            return hpke().open(
                            Arrays.copyOf(both, ENCAPSULATED),
                            new AsymmetricCipherKeyPair(key.generatePublicKey(), key),
                            info,
                            bound,
                            Arrays.copyOfRange(both, ENCAPSULATED, both.length),
                            new byte[0],
                            new byte[0],
                            null);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new ShadowException(
                    "a sealed key does not open: it is for another custodian's key, or was changed", e);
        }
    }

    private static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
