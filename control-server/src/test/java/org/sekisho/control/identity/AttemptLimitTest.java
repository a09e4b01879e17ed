package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class AttemptLimitTest {
    private final Api administrator = Api.administrator();
    private final LoopbackClient guesser = new LoopbackClient();

    @Test
    void twentyFailuresAreAllAnAddressHas() {
        TestOperator auditor = TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(IntStream.range(0, 20).map(i -> guess().status())).containsOnly(401);

        Answer refused = guess();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 300);
        assertThat(refused.json().get("code").asText()).isEqualTo("too-many-requests");
        // The right token would tell a guesser that it is right.
        assertThat(guesser.signIn(auditor.token()).status()).isEqualTo(429);
        assertThat(guesser.get("/api/v1/setup?token=x").status()).isEqualTo(429);
        // Others are let in: it is the address that is held, not the server.
        assertThat(new LoopbackClient().signIn(auditor.token()).status()).isEqualTo(200);
    }

    @Test
    void guessesAtTheSetUpLinkCountToo() {
        assertThat(IntStream.range(0, 20)
                        .map(i -> guesser.get("/api/v1/setup?token=guess" + i).status()))
                .containsOnly(200);
        assertThat(guesser.get("/api/v1/setup?token=guess").status()).isEqualTo(429);
        assertThat(guess().status()).isEqualTo(429);
    }

    @Test
    void signingInRightIsNoFailure() {
        TestOperator auditor = TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(IntStream.range(0, 25)
                        .map(i -> guesser.signIn(auditor.token()).status()))
                .containsOnly(200);
    }

    private Answer guess() {
        return guesser.signIn(Secret.generate("sko").text());
    }
}
