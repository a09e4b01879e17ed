package org.sekisho.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Names and notations of the pack; see {@code FORMAT.txt}. */
public final class EvidenceFormat {
    public static final String MANIFEST = "manifest.txt";
    public static final String SIGNATURE = "manifest.sig";
    public static final String AUTHORITY = "certificates/ca.pem";
    public static final String SIGNER = "certificates/signer.pem";
    public static final String CERTIFICATES = "certificates/";
    public static final String EVENTS = "events/";
    public static final String POLICY = "policy/";
    public static final String POLICY_KEY = "policy/key.pem";
    public static final String INCIDENT = "incident.json";
    public static final String AUDIT = "audit.tsv";
    public static final String REPORT = "report.pdf";
    public static final String FORMAT = "FORMAT.txt";
    /** Extended key usage of the manifest's signer (RFC 9336). */
    public static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    /** Extended key usage of terminals (RFC 5280, 4.2.1.12). */
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    static final String ECDSA = "SHA256withECDSA";
    static final byte[] CONTEXT = "sekisho/v1/evidence\n".getBytes(StandardCharsets.US_ASCII);
    /** No absolute path, no way up, nothing that a shell or a file system reads in another way. */
    static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?");

    private EvidenceFormat() {}

    /** A field of a line: without what ends fields and lines. */
    public static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** What {@link #escape} was given; an unknown escape stays as it is. */
    static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int known = c == '\\' && at + 1 < text.length() ? "\\tnr".indexOf(text.charAt(at + 1)) : -1;
            if (known < 0) {
                plain.append(c);
            } else {
                plain.append("\\\t\n\r".charAt(known));
                at++;
            }
        }
        return plain.toString();
    }

    /** The description that each pack carries. */
    public static byte[] description() {
        try (InputStream in = EvidenceFormat.class.getResourceAsStream(FORMAT)) {
            if (in == null) {
                throw new IllegalStateException("FORMAT.txt is not beside the code; the build is incomplete");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read FORMAT.txt", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
