package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.sekisho.policy.Verification.Accepted;
import org.sekisho.policy.Verification.Refused;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Signed;

/**
 * Bytes that nobody meant well. A normal run tries the kept inputs only (the folders {@code PolicyFuzzTestInputs/<method>}
 * among the test resources); to search for new ones, for as long as one likes:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl proto -am test -Dtest='PolicyFuzzTest#yaml' -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class PolicyFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] text) {
        ParsedPolicy parsed;
        try {
            parsed = PolicyDocument.parse(text);
        } catch (PolicySyntaxException refused) {
            assertThat(refused.findings())
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(found.line()).isPositive());
            return;
        }
        Policy policy = parsed.policy();
        assertThat(PolicyCheck.check(parsed, NOW))
                .allSatisfy(found -> assertThat(found.line()).isPositive());
        try {
            assertThat(PolicyDocument.parse(PolicyDocument.render(policy)).policy())
                    .isEqualTo(policy);
        } catch (PolicySyntaxException lost) {
            throw new AssertionError("What was read and written does not read back", lost);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void signed(FuzzedDataProvider bytes) throws NoSuchAlgorithmException, InvalidProtocolBufferException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        PolicyVerifier verifier = new PolicyVerifier(List.of(keys.getPublic()), "t", Set.of("segment:LGWAN"));
        boolean trusted = bytes.consumeBoolean();
        ByteString payload = ByteString.copyFrom(bytes.consumeRemainingAsBytes());
        Signed signed = trusted
                ? new PolicySigner(keys).sign(payload)
                : Signed.newBuilder()
                        .setPayload(payload)
                        .setKeyId(SigningKeys.id(keys.getPublic()))
                        .setSignature(payload.size() < 64 ? ByteString.EMPTY : payload.substring(0, 64))
                        .build();

        switch (verifier.verify(signed, RevisionFloor.NONE, NOW)) {
            case Accepted accepted -> {
                assertThat(trusted).isTrue();
                assertThat(PolicyDecider.of(accepted.policy())).isNotNull();
            }
            case Refused refused -> assertThat(refused.detail()).isNotEmpty();
        }
    }
}
