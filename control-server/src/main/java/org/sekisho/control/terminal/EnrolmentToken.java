package org.sekisho.control.terminal;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an enrolment token: {@code skt1.<base64url SHA-256 of the CA certificate>.<base64url 32-byte secret>}.
 * The digest lets a terminal trust the right authority before it has any other anchor. {@code toString} shows nothing
 * of it.
 */
record EnrolmentToken(byte[] anchorDigest, byte[] secret) {
    private static final Pattern FORM = Pattern.compile("skt1\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    static Optional<EnrolmentToken> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        return Optional.of(new EnrolmentToken(decoder.decode(parts.group(1)), decoder.decode(parts.group(2))));
    }

    String text() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "skt1." + encoder.encodeToString(anchorDigest) + "." + encoder.encodeToString(secret);
    }

    byte[] hash() {
        return TerminalStore.sha256(secret);
    }

    @Override
    public String toString() {
        return "EnrolmentToken[…]";
    }
}
