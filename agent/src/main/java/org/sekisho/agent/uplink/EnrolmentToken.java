package org.sekisho.agent.uplink;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator hands out to let one terminal in: {@code skt1.<base64url of the CA's SHA-256>.<base64url of a secret
 * of 32 bytes>}, both without padding (RFC 4648 section 5). The hash lets the terminal recognise the server before it has
 * any trust anchor. Never printed: {@link #toString} leaves the secret out.
 */
public final class EnrolmentToken {
    private static final Pattern FORM = Pattern.compile("skt1\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    private final String text;
    private final byte[] caSha256;

    private EnrolmentToken(String text, byte[] caSha256) {
        this.text = text;
        this.caSha256 = caSha256;
    }

    /** Reads a token; white space around it is dropped. Empty if it is none. */
    public static Optional<EnrolmentToken> parse(String text) {
        String stripped = text.strip();
        Matcher form = FORM.matcher(stripped);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new EnrolmentToken(stripped, Base64.getUrlDecoder().decode(form.group(1))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** SHA-256 over the DER of the certificate authority that the server's certificate must lead to. */
    public byte[] caSha256() {
        return caSha256.clone();
    }

    /** The whole token, as the server knows it. Secret. */
    String secret() {
        return text;
    }

    @Override
    public String toString() {
        return "skt1…";
    }
}
