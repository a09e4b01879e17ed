package org.sekisho.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.evidence.PackManifest.PackedFile;
import org.sekisho.policy.SigningKeys;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Checks the signed policies of a pack. */
final class SignedPolicies {
    private static final Pattern NAME = Pattern.compile("policy/([A-Z_]+)-([0-9]+)\\.signed");
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private SignedPolicies() {}

    /** The revisions that are there and hold. */
    static Set<Long> check(Pack pack, PackManifest manifest) throws EvidenceFlaw {
        Set<Long> revisions = new HashSet<>();
        PublicKey key = null;
        for (PackedFile file : manifest.files()) {
            Matcher name = NAME.matcher(file.path());
            if (name.matches()) {
                key = key == null ? key(pack) : key;
                check(pack.read(file.path()), file.path(), name.group(1), name.group(2), manifest.tenant(), key);
                revisions.add(Long.parseLong(name.group(2)));
            }
        }
        return revisions;
    }

    private static void check(byte[] bytes, String path, String segment, String revision, String tenant, PublicKey key)
            throws EvidenceFlaw {
        try {
            Signed signed = Signed.parseFrom(bytes);
            if (!SigningKeys.signed(signed, key)) {
                throw flaw(path + " is not signed with the installation's policy key");
            }
            SignedPayload payload = SignedPayload.parseFrom(signed.getPayload());
            if (!payload.getTenant().equals(tenant)
                    || !payload.getAudience().equals("segment:" + segment)
                    || !Long.toUnsignedString(payload.getRevision()).equals(revision)) {
                throw flaw(path + " is another policy than its name says");
            }
        } catch (InvalidProtocolBufferException e) {
            throw flaw(path + " is not a signed policy");
        }
    }

    private static PublicKey key(Pack pack) throws EvidenceFlaw {
        String pem = new String(pack.read(EvidenceFormat.POLICY_KEY), StandardCharsets.US_ASCII);
        try {
            String base64 = pem.replace(BEGIN, "").replace(END, "");
            return SigningKeys.publicKey(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw flaw(EvidenceFormat.POLICY_KEY + " is not an Ed25519 key");
        }
    }

    private static EvidenceFlaw flaw(String what) {
        return new EvidenceFlaw(EvidenceCheck.POLICY, what);
    }
}
