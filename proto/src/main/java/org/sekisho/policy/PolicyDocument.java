package org.sekisho.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.sekisho.v1.Policy;

/**
 * A policy as people write it, and back.
 *
 * <p>The document is YAML 1.2 in UTF-8, one to one with the contract's {@code Policy}: every key is a field's name in
 * lower-kebab-case ({@code permit-may-lift}), every enum value its name in lower case with hyphens ({@code read-only});
 * lists are always lists. Four kinds of value have a short form: times {@code 08:30-17:15} (until {@code 24:00}), ports
 * {@code 443} or {@code 8000-8100}, days {@code mon} to {@code sun}, sizes in bytes or {@code 64MiB}. Anchors, aliases,
 * tags and further documents are refused. Comments are the text's own: a policy does not carry them.
 *
 * <p>Whether the values make sense is {@link PolicyCheck}'s business. All methods are pure and safe for all threads.
 */
public final class PolicyDocument {
    private PolicyDocument() {}

    /**
     * Reads a policy.
     *
     * @param yaml at most 1 MiB of UTF-8, with or without a byte order mark
     * @throws PolicySyntaxException with everything that is wrong, each with line and column
     */
    public static ParsedPolicy parse(byte[] yaml) throws PolicySyntaxException {
        return read(YamlText.decode(yaml));
    }

    /**
     * Reads a policy.
     *
     * @param yaml at most 1 Mi characters
     * @throws PolicySyntaxException with everything that is wrong, each with line and column
     */
    public static ParsedPolicy parse(String yaml) throws PolicySyntaxException {
        return read(YamlText.checked(yaml));
    }

    private static ParsedPolicy read(String yaml) throws PolicySyntaxException {
        FindingList findings = new FindingList();
        PolicyReader reader = new PolicyReader(findings);
        YamlNode root = YamlComposer.compose(yaml, findings);
        Policy policy = root == null ? Policy.getDefaultInstance() : reader.read(root);
        if (!findings.isEmpty()) {
            throw new PolicySyntaxException(findings.inOrder());
        }
        return new ParsedPolicy(policy, reader.sourceMap());
    }

    /**
     * Writes a policy as YAML, always the same text for the same policy. What has all required fields reads back equal.
     *
     * @throws IllegalArgumentException when the policy holds what YAML has no word for: an unset or unknown enum value in
     *     a list, a number out of its range, a field of a newer version
     */
    public static String render(Policy policy) {
        return PolicyWriter.write(policy);
    }

    /** Writes a policy in protobuf's JSON mapping, for programs; one to one like the YAML. */
    public static String toJson(Policy policy) {
        try {
            return JsonFormat.printer().print(policy);
        } catch (InvalidProtocolBufferException impossible) {
            // Only `Any` fields can fail, and a policy has none.
            throw new IllegalStateException("Writing a policy as JSON: " + impossible.getMessage(), impossible);
        }
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @param json at most 1 Mi characters
     * @throws InvalidProtocolBufferException when the text is no JSON, or has an unknown key or an ill-typed value
     */
    public static Policy fromJson(String json) throws InvalidProtocolBufferException {
        if (json.length() > YamlText.MAX_BYTES) {
            throw new InvalidProtocolBufferException("Reading a policy from JSON: " + json.length()
                    + " characters are more than the " + YamlText.MAX_BYTES + " that a policy may have");
        }
        Policy.Builder policy = Policy.newBuilder();
        JsonFormat.parser().merge(json, policy);
        return policy.build();
    }
}
