package org.sekisho.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * A browser and an authenticator in one, with one ES256 passkey, that answers as a page would (Web Authentication, 6). What an
 * honest one never does can be set.
 */
public final class SoftAuthenticator {
    private static final byte PRESENT = 0x01;
    private static final byte VERIFIED = 0x04;
    private static final byte KEY_INCLUDED = 0x40;

    private final KeyPair keys;
    private final byte[] id = new byte[32];
    private byte[] user = new byte[0];
    private String origin;
    private boolean verifies = true;
    private long counter;

    public SoftAuthenticator() {
        new SecureRandom().nextBytes(id);
        origin = Api.setting("sekisho.public-url");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page that asks. */
    public SoftAuthenticator at(String page) {
        origin = page;
        return this;
    }

    /** Whether it asks its person for a finger or a PIN. */
    public SoftAuthenticator verifying(boolean asks) {
        verifies = asks;
        return this;
    }

    /** What its counter shows before the next signature. */
    public SoftAuthenticator counting(long from) {
        counter = from;
        return this;
    }

    /** Whose passkey it says it is. */
    public SoftAuthenticator ownedBy(byte[] handle) {
        user = handle.clone();
        return this;
    }

    /** Makes the passkey; the answer as REST takes it. */
    public Map<String, String> create(JsonNode options) {
        user = Base64.getUrlDecoder().decode(options.get("userId").asText());
        byte[] client = client("webauthn.create", options);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(bytes(0xA3, 0x63));
        object.writeBytes(ascii("fmt"));
        object.write(0x64);
        object.writeBytes(ascii("none"));
        object.write(0x67);
        object.writeBytes(ascii("attStmt"));
        object.writeBytes(bytes(0xA0, 0x68));
        object.writeBytes(ascii("authData"));
        byte[] data = authenticatorData(options.get("domain").asText(), key());
        object.writeBytes(bytes(0x59, data.length >> 8, data.length));
        object.writeBytes(data);
        return Map.of("clientData", text(client), "attestation", text(object.toByteArray()));
    }

    /** Signs in; the answer as REST takes it. */
    public Map<String, String> sign(JsonNode request) {
        byte[] client = client("webauthn.get", request);
        byte[] data = authenticatorData(request.get("domain").asText(), new byte[0]);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return Map.of(
                    "id", text(id),
                    "clientData", text(client),
                    "authenticatorData", text(data),
                    "signature", text(signature.sign()),
                    "userHandle", text(user));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] client(String type, JsonNode asked) {
        return ("{\"type\":\"" + type + "\",\"challenge\":\""
                        + asked.get("challenge").asText() + "\",\"origin\":\"" + origin + "\",\"crossOrigin\":false}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(String domain, byte[] key) {
        counter++;
        int flags = PRESENT | (verifies ? VERIFIED : 0) | (key.length > 0 ? KEY_INCLUDED : 0);
        return ByteBuffer.allocate(37 + key.length)
                .put(sha256(ascii(domain)))
                .put((byte) flags)
                .putInt((int) counter)
                .put(key)
                .array();
    }

    /** AAGUID of nobody, the passkey's id, and its public key as COSE (RFC 9053, 7.1.1). */
    private byte[] key() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[16]);
        out.writeBytes(bytes(0, id.length));
        out.writeBytes(id);
        out.writeBytes(bytes(0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20));
        out.writeBytes(coordinate(key.getW().getAffineX().toByteArray()));
        out.writeBytes(bytes(0x22, 0x58, 0x20));
        out.writeBytes(coordinate(key.getW().getAffineY().toByteArray()));
        return out.toByteArray();
    }

    private static byte[] coordinate(byte[] number) {
        byte[] padded = new byte[32];
        int taken = Math.min(number.length, 32);
        System.arraycopy(
                Arrays.copyOfRange(number, number.length - taken, number.length), 0, padded, 32 - taken, taken);
        return padded;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
