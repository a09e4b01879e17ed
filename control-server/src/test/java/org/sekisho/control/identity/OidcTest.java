package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** Against a real provider over HTTPS, as a browser goes. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class OidcTest {
    private static final String BEGIN = "/api/v1/sign-in/oidc";

    @Inject
    Jdbi jdbi;

    private final Api administrator = Api.administrator();
    private final LoopbackClient browser = new LoopbackClient();
    private final String subject = UUID.randomUUID().toString();
    private final Api provider =
            Api.at(URI.create(Api.setting("sekisho.oidc.issuer")), Path.of(Api.setting("sekisho.oidc.ca")), null);

    @Test
    void aPersonComesInWithTheRolesOfTheirGroups() {
        Answer in = signIn("zeimu cooks", "");

        assertThat(in.status()).isEqualTo(200);
        assertThat(in.header("Content-Type")).startsWith("text/html");
        JsonNode who = who(in);
        assertThat(who.at("/operator/name").asText()).isEqualTo("佐藤 " + subject);
        assertThat(who.get("grants")).hasSize(1);
        assertThat(who.at("/grants/0/role").asText()).isEqualTo(Role.Name.RESPONDER);
        assertThat(who.at("/grants/0/branch").asText()).isEqualTo("総務部/税務課");
        assertThat(auditOf(browser.address())).containsExactly("session.open");
    }

    @Test
    void rolesFollowTheGroupsAndTheSamePersonStaysTheSame() {
        JsonNode first = who(signIn("zeimu", ""));
        JsonNode then = who(signIn("auditors", ""));

        assertThat(then.at("/operator/id")).isEqualTo(first.at("/operator/id"));
        assertThat(then.at("/grants/0/role").asText()).isEqualTo(Role.Name.AUDITOR);
    }

    @Test
    void withoutAGroupThatHasARoleNobodyComesIn() {
        refused(signIn("cooks", ""));
        assertThat(administrator.get("/api/v1/operators").json().toString()).doesNotContain(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "issuer", "audience", "nonce", "late"})
    void aTokenThatIsNotTheProvidersForThisSignInIsRefused(String fault) {
        refused(signIn("auditors", fault));
    }

    @Test
    void aSignInCountsOnceAndInTheBrowserThatBeganIt() {
        Answer begun = browser.get(BEGIN);
        String back = back(begun, "auditors", "");

        refused(new LoopbackClient().get(back));
        assertThat(browser.get(back, "Cookie", cookie(begun)).header("Set-Cookie"))
                .isNotEmpty();
        refused(browser.get(back, "Cookie", cookie(begun)));
    }

    @Test
    void aDisabledOperatorStaysOut() {
        String id = who(signIn("auditors", "")).at("/operator/id").asText();
        administrator.patch("/api/v1/operators/" + id, java.util.Map.of("disabled", true));

        refused(signIn("auditors", ""));
    }

    private Answer signIn(String groups, String fault) {
        Answer begun = browser.get(BEGIN);
        assertThat(begun.status()).isEqualTo(303);
        return browser.get(back(begun, groups, fault), "Cookie", cookie(begun));
    }

    /** Where the provider leads back to. */
    private String back(Answer begun, String groups, String fault) {
        URI asked = URI.create(begun.header("Location"));
        assertThat(asked.getQuery()).contains("code_challenge_method=S256", "nonce=", "response_type=code");
        Answer led = provider.get(asked.getRawPath() + "?" + asked.getRawQuery() + "&sub=" + subject + "&name="
                + URLEncoder.encode("佐藤 " + subject, StandardCharsets.UTF_8) + "&groups="
                + URLEncoder.encode(groups, StandardCharsets.UTF_8) + "&fault=" + fault);
        URI back = URI.create(led.header("Location"));
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private void refused(Answer answer) {
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).contains("url=/sign-in?refused");
        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .noneMatch(one -> one.startsWith(OperatorAuthentication.COOKIE + "="));
    }

    private JsonNode who(Answer in) {
        String session = in.response().headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith(OperatorAuthentication.COOKIE + "=sks_"))
                .findFirst()
                .orElseThrow()
                .split(";", 2)[0];
        return browser.get("/api/v1/session", "Cookie", session).json();
    }

    private static String cookie(Answer begun) {
        return begun.header("Set-Cookie").split(";", 2)[0];
    }

    private List<String> auditOf(String target) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit_entry WHERE target = :target ORDER BY seq")
                        .bind("target", target)
                        .mapTo(String.class)
                        .list());
    }
}
