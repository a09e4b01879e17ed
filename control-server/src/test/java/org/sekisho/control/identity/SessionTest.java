package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class SessionTest {
    private static final String SESSION = "/api/v1/session";
    private static final String DRAFT = "{\"yaml\":\"x\"}";

    @Inject
    Jdbi jdbi;

    private final Api administrator = Api.administrator();
    private final LoopbackClient browser = new LoopbackClient();
    private TestOperator auditor;
    private String cookie;
    private JsonNode signedIn;

    @BeforeEach
    void signIn() {
        auditor = TestOperator.appoint(administrator, Role.Name.AUDITOR);
        Answer answer = browser.signIn(auditor.token());
        assertThat(answer.status()).isEqualTo(200);
        signedIn = answer.json();
        cookie = answer.header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void theCookieIsBoundToThisHostAndHiddenFromScripts() {
        String set = browser.signIn(auditor.token()).header("Set-Cookie");

        assertThat(set).startsWith("__Host-sekisho=sks_");
        assertThat(List.of(set.split(";\\s*"))).contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
        assertThat(set).doesNotContainIgnoringCase("Domain=");
        assertThat(signedIn.at("/operator/name").asText()).isEqualTo(auditor.name());
        assertThat(signedIn.get("roles")).hasSize(1);
        assertThat(signedIn.at("/roles/0").asText()).isEqualTo(Role.Name.AUDITOR);
    }

    @Test
    void theAnswerHoldsNeitherTheTokenNorTheSession() {
        assertThat(signedIn.toString()).doesNotContain(auditor.token(), secret());
    }

    @Test
    void whoIsSignedInIsAnsweredTheSameWay() {
        Answer answer = browser.get(SESSION, "Cookie", cookie);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("csrf")).isEqualTo(signedIn.get("csrf"));
        assertThat(answer.json().get("operator")).isEqualTo(signedIn.get("operator"));
    }

    @Test
    void aWrongTokenIsRefusedAndRecorded() {
        LoopbackClient stranger = new LoopbackClient();
        String guess = Secret.generate("sko").text();

        Answer answer = stranger.signIn(guess);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.json().get("code").asText()).isEqualTo("unauthorized");
        assertThat(answer.json().toString()).doesNotContain(guess);
        assertThat(auditOf(stranger.address())).containsExactly("- session.refuse");
    }

    @Test
    void signingInAndOutIsRecorded() {
        assertThat(auditOf(browser.address())).containsExactly(auditor.name() + " session.open");
        assertThat(signOut().status()).isEqualTo(204);
        assertThat(auditOf(auditor.name())).contains(auditor.name() + " session.close");
    }

    @Test
    void aChangeWithTheCookieAloneIsRefusedAsForged() {
        Answer without = check("Cookie", cookie);
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.header("Content-Type")).startsWith("application/problem+json");
        assertThat(check("Cookie", cookie, CsrfFilter.HEADER, "").status()).isEqualTo(403);
        assertThat(check("Cookie", cookie, CsrfFilter.HEADER, "wrong").status()).isEqualTo(403);
        assertThat(check("Cookie", cookie, CsrfFilter.HEADER, anotherSessionsCsrf())
                        .status())
                .isEqualTo(403);
        assertThat(check("Cookie", cookie, CsrfFilter.HEADER, csrf()).status()).isEqualTo(200);
    }

    @Test
    void whatNoBrowserSendsByItselfNeedsNoCsrfToken() {
        assertThat(check("Authorization", auditor.bearer()).status()).isEqualTo(200);
        // Negative control of the above: reading works with the cookie alone.
        assertThat(browser.get("/api/v1/terminals", "Cookie", cookie).status()).isEqualTo(200);
    }

    @Test
    void evenSigningOutCannotBeForged() {
        assertThat(browser.send("DELETE", SESSION, "", "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(alive()).isTrue();
    }

    @Test
    void aFormOfAnotherSiteCannotSignIn() {
        Answer answer =
                browser.send("POST", SESSION, "{\"token\":\"" + auditor.token() + "\"}", "Content-Type", "text/plain");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionAtTheServer() {
        Answer answer = signOut();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Set-Cookie")).startsWith("__Host-sekisho=").containsIgnoringCase("Max-Age=0");
        assertThat(alive()).isFalse();
        assertThat(signOut().status()).isEqualTo(204);
    }

    @Test
    void revokingTheTokenEndsItsSessions() {
        assertThat(alive()).isTrue();
        assertThat(administrator
                        .delete(auditor.tokensPath() + "/" + auditor.tokenId())
                        .status())
                .isEqualTo(204);
        assertThat(alive()).isFalse();
    }

    @Test
    void aTokenOfSomebodyElsesPathIsNotTouched() {
        TestOperator other = TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(administrator
                        .delete(other.tokensPath() + "/" + auditor.tokenId())
                        .status())
                .isEqualTo(404);
        assertThat(alive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE operator_session SET last_seen = now() - interval '31 minutes' WHERE hash = ?",
                "UPDATE operator_session SET expires_at = now() - interval '1 second' WHERE hash = ?",
                "UPDATE operator_token SET expires_at = now() - interval '1 second'"
                        + " WHERE id = (SELECT token FROM operator_session WHERE hash = ?)",
                "UPDATE operator SET disabled_at = now()"
                        + " WHERE id = (SELECT s.operator FROM operator_session s WHERE s.hash = ?)"
            })
    void theSessionEndsWithIdlenessAgeTokenOrOperator(String passing) {
        assertThat(alive()).isTrue();
        assertThat(update(passing)).isEqualTo(1);
        assertThat(alive()).isFalse();
    }

    @Test
    void useKeepsTheSessionFromGoingIdle() {
        update("UPDATE operator_session SET last_seen = now() - interval '29 minutes' WHERE hash = ?");
        assertThat(alive()).isTrue();
        assertThat(jdbi.<Boolean, RuntimeException>withHandle(handle -> handle.createQuery(
                                "SELECT last_seen > now() - interval '1 minute' FROM operator_session WHERE hash = ?")
                        .bind(0, new Secret(secret()).hash("session"))
                        .mapTo(Boolean.class)
                        .one()))
                .isTrue();
    }

    @Test
    void aSessionLastsAWorkingDayAtMost() {
        assertThat(jdbi.<Boolean, RuntimeException>withHandle(
                        handle -> handle.createQuery("SELECT expires_at BETWEEN now() + interval '11 hours'"
                                        + " AND now() + interval '12 hours' FROM operator_session WHERE hash = ?")
                                .bind(0, new Secret(secret()).hash("session"))
                                .mapTo(Boolean.class)
                                .one()))
                .isTrue();
    }

    @Test
    void aStaleOrBrokenCookieIsNobodyAndNoError() {
        List<String> cookies = new ArrayList<>(List.of("", "x", "sks_", "\"quoted\"", "a=b", "y".repeat(4000)));
        cookies.add(Secret.generate("sks").text());
        // One kind of secret doesn't pass for another.
        cookies.add(auditor.token());
        for (String value : cookies) {
            Answer read = browser.get(SESSION, "Cookie", "__Host-sekisho=" + value);
            assertThat(read.status()).as(value.length() + " characters").isEqualTo(401);
            assertThat(read.header("Content-Type")).startsWith("application/problem+json");
            assertThat(browser.get("/api/v1/setup", "Cookie", "__Host-sekisho=" + value)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(browser.get(SESSION, "Authorization", "Bearer " + secret()).status())
                .isEqualTo(401);
    }

    private boolean alive() {
        int status = browser.get(SESSION, "Cookie", cookie).status();
        assertThat(status).isIn(200, 401);
        return status == 200;
    }

    private Answer check(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return browser.send("POST", "/api/v1/policies/check", DRAFT, all.toArray(String[]::new));
    }

    private Answer signOut() {
        return browser.send("DELETE", SESSION, "", "Cookie", cookie, CsrfFilter.HEADER, csrf());
    }

    private String csrf() {
        return signedIn.get("csrf").asText();
    }

    private String anotherSessionsCsrf() {
        return browser.signIn(auditor.token()).json().get("csrf").asText();
    }

    private String secret() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    private int update(String sql) {
        return jdbi.withHandle(handle -> handle.execute(sql, (Object) new Secret(secret()).hash("session")));
    }

    private List<String> auditOf(String target) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT operator || ' ' || action FROM audit_entry WHERE target = :target ORDER BY seq")
                .bindMap(Map.of("target", target))
                .mapTo(String.class)
                .list());
    }
}
