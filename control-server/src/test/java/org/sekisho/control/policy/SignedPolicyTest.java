package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** A revision's signed bytes, and how it differs from another. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class SignedPolicyTest extends StagedRolloutRig {
    @Test
    void theSignedBytesAreCheckedWithoutThisServer() throws Exception {
        JsonNode document =
                api.get("/api/v1/policies/MY_NUMBER/" + base + "/signed").json();
        byte[] payload = bytes(document.get("payload"));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new X509EncodedKeySpec(bytes(document.get("keys").get(0)))));
        verifier.update(document.get("prefix").asText().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        verifier.update(payload);
        assertThat(verifier.verify(bytes(document.get("signature")))).isTrue();
        assertThat(SignedPayload.parseFrom(payload).getRevision()).isEqualTo(base);
        assertThat(Signed.parseFrom(bytes(document.get("signed"))).getPayload().toByteArray())
                .isEqualTo(payload);

        long next = Publishing.publish(api, TIGHTER).get("revision").asLong();
        JsonNode difference = api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff?against=" + base)
                .json();
        assertThat(difference.get("changes"))
                .anySatisfy(
                        change -> assertThat(change.get("direction").asText()).isEqualTo("TIGHTENS"));
        assertThat(difference.get("needsConsent").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff?against=999999")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff").status())
                .isEqualTo(400);
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
