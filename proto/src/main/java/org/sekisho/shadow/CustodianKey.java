package org.sekisho.shadow;

import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** The public half of a custodian's key, as policies write it. */
public final class CustodianKey {
    private CustodianKey() {}

    /** 43 characters of base64url without padding. */
    public static String write(X25519PublicKeyParameters key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
    }

    /** The key that a policy's text says; empty if it says none. One key has exactly one text. */
    public static Optional<X25519PublicKeyParameters> read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != X25519PublicKeyParameters.KEY_SIZE) {
            return Optional.empty();
        }
        X25519PublicKeyParameters key = new X25519PublicKeyParameters(bytes);
        return write(key).equals(text) && canBeSealedTo(key) ? Optional.of(key) : Optional.empty();
    }

    /** RFC 9180, 7.1.4: a point of small order makes a secret that everybody knows. */
    private static boolean canBeSealedTo(AsymmetricKeyParameter key) {
        try {
            Seal.seal(key, new byte[0], new byte[0], new byte[0]);
            return true;
        } catch (ShadowException e) {
            return false;
        }
    }
}
