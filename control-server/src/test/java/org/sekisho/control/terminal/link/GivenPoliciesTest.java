package org.sekisho.control.terminal.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;

class GivenPoliciesTest {
    private final GivenPolicies given = new GivenPolicies();

    @Test
    void nothingBeforeWhatRunsOrWasGivenIsNews() {
        given.runs(4);

        assertThat(given.isNews(policy(4, "a"))).isFalse();
        assertThat(given.isNews(policy(6, "b"))).isTrue();
        assertThat(given.isNews(policy(5, "c"))).isFalse();
        assertThat(given.isNews(policy(6, "b"))).isFalse();
    }

    @Test
    void whatWasRefusedMakesWayForTheGenuineOfItsNumber() throws Exception {
        given.runs(4);
        assertThat(given.isNews(policy(5, "planted"))).isTrue();

        given.heard(answer(PolicyProgress.POLICY_REFUSED, "planted"));

        assertThat(given.isNews(policy(5, "genuine"))).isTrue();
        assertThat(given.isNews(policy(4, "old"))).isFalse();
    }

    @Test
    void aRefusalOfAnotherPolicyChangesNothing() throws Exception {
        assertThat(given.isNews(policy(5, "b"))).isTrue();

        given.heard(answer(PolicyProgress.POLICY_REFUSED, "a"));

        assertThat(given.isNews(policy(5, "c"))).isFalse();
    }

    private static PushedDocument policy(long revision, String payload) {
        Signed signed =
                Signed.newBuilder().setPayload(ByteString.copyFromUtf8(payload)).build();
        return new PushedDocument(
                DocumentKind.DOCUMENT_KIND_UNSPECIFIED,
                revision,
                ServerMessage.newBuilder().setPolicy(signed).build());
    }

    private static PolicyAck answer(PolicyProgress progress, String payload) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(ByteString.copyFromUtf8(payload).toByteArray());
        return PolicyAck.newBuilder()
                .setProgress(progress)
                .setPayloadSha256(ByteString.copyFrom(hash))
                .build();
    }
}
