package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.SoftAuthenticator;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class PasskeyTest {
    private static final String OWN = "/api/v1/account/passkeys";

    @Inject
    Jdbi jdbi;

    private final Api administrator = Api.administrator();
    private Browser person;

    @BeforeEach
    void invite() {
        person = Browser.invited(administrator, List.of(Api.role(Role.Name.RESPONDER)));
    }

    @Test
    void aPasskeySignsInWithItsOperatorsRoles() {
        Answer answer = person.signIn();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("__Host-sekisho=sks_")
                .contains("HttpOnly", "SameSite=Strict");
        assertThat(person.get("/api/v1/session").json().at("/roles/0").asText()).isEqualTo(Role.Name.RESPONDER);
        assertThat(auditOf(person.address())).endsWith("session.open");
    }

    @Test
    void theBrowserIsAskedForADiscoverableVerifiedPasskeyOfThisDomain() {
        JsonNode request = person.beginSignIn();

        assertThat(request.get("domain").asText()).isEqualTo("localhost");
        assertThat(java.util.Base64.getUrlDecoder()
                        .decode(request.get("challenge").asText()))
                .hasSize(32);
        assertThat(request.get("timeoutMillis").asLong()).isEqualTo(300_000);
    }

    @Test
    void anAnswerCountsOnce() {
        Map<String, String> signed = person.authenticator().sign(person.beginSignIn());

        assertThat(person.signIn(signed).status()).isEqualTo(200);
        assertThat(person.signIn(signed).status()).isEqualTo(401);
    }

    @Test
    void aChallengeIsUsedUpByAWrongAnswerToo() {
        JsonNode challenge = person.beginSignIn();

        assertThat(person.signIn(new SoftAuthenticator().sign(challenge)).status())
                .isEqualTo(401);
        assertThat(person.signIn(person.authenticator().sign(challenge)).status())
                .isEqualTo(401);
    }

    @Test
    void aChallengeEndsWithItsTime() {
        JsonNode challenge = person.beginSignIn();
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE passkey_challenge SET expires_at = now() - interval '1 second' WHERE challenge = ?",
                (Object) java.util.Base64.getUrlDecoder()
                        .decode(challenge.get("challenge").asText())));

        assertThat(person.signIn(person.authenticator().sign(challenge)).status())
                .isEqualTo(401);
    }

    @Test
    void aRegistrationsChallengeDoesNotSignIn() {
        JsonNode creation = person.post(OWN + "/options", Map.of()).json();

        assertThat(person.signIn(person.authenticator().sign(creation)).status())
                .isEqualTo(401);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("another site's page", one -> one.at("https://sekisho.example")),
                forgery("another port's page", one -> one.at("https://localhost:1")),
                forgery("a page without TLS", one -> one.at("http://localhost")),
                forgery("nobody verified", one -> one.verifying(false)),
                forgery("a copy, whose counter lags", one -> one.counting(0)),
                forgery("somebody else's", one -> one.ownedBy(new byte[16])),
                forgery("nobody's", one -> one.ownedBy(new byte[0])));
    }

    private static Arguments forgery(String what, Consumer<SoftAuthenticator> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgedAnswerIsRefusedAndRecorded(String what, Consumer<SoftAuthenticator> change) {
        // Twice, so that the counter has risen.
        assertThat(person.signIn().status()).isEqualTo(200);
        JsonNode challenge = person.beginSignIn();
        change.accept(person.authenticator());

        Answer refused = person.signIn(person.authenticator().sign(challenge));

        assertThat(refused.status()).as(what).isEqualTo(401);
        assertThat(refused.header("Set-Cookie")).isEmpty();
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(auditOf(person.address())).endsWith("session.refuse");
    }

    @Test
    void failuresOnAnAccountHoldItWhereverTheyComeFrom() {
        IntStream.range(0, 10).forEach(i -> {
            Browser elsewhere = new Browser();
            Map<String, String> forged =
                    person.authenticator().at("https://elsewhere.example").sign(elsewhere.beginSignIn());
            assertThat(elsewhere.signIn(forged).status()).isEqualTo(401);
        });
        person.authenticator().at(Api.setting("sekisho.public-url"));

        assertThat(person.signIn().status()).isEqualTo(429);
        assertThat(Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)))
                        .signIn()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void severalPasskeysEachNamedAndTheLastStays() {
        SoftAuthenticator spare = new SoftAuthenticator();
        Answer added = add("予備のキー", spare);
        assertThat(added.status()).isEqualTo(201);

        JsonNode both = person.get(OWN).json().get("items");
        assertThat(both).hasSize(2);
        assertThat(both.get(1).get("name").asText()).isEqualTo("予備のキー");
        assertThat(person.signIn(spare.sign(person.beginSignIn())).status()).isEqualTo(200);
        assertThat(person.delete(OWN + "/" + both.get(0).get("id").asText()).status())
                .isEqualTo(204);
        assertThat(person.signIn().status()).isEqualTo(401);
        Answer last = person.delete(OWN + "/" + both.get(1).get("id").asText());
        assertThat(auditOf(person.get("/api/v1/session")
                        .json()
                        .at("/operator/name")
                        .asText()))
                .endsWith("passkey.create", "passkey.delete");
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.json().get("code").asText()).isEqualTo("last-passkey");
    }

    @Test
    void oneAuthenticatorIsRegisteredOnceAndForOnePerson() {
        SoftAuthenticator spare = new SoftAuthenticator();
        assertThat(add("one", spare).status()).isEqualTo(201);
        assertThat(add("again", spare).status()).isEqualTo(409);

        Browser other = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));
        Answer stolen = other.post(
                OWN,
                Map.of(
                        "name",
                        "x",
                        "answer",
                        spare.create(other.post(OWN + "/options", Map.of()).json())));
        assertThat(stolen.status()).isEqualTo(409);
    }

    @Test
    void aRegistrationNeedsItsOwnChallengeAndAVerifiedPerson() {
        JsonNode options = person.post(OWN + "/options", Map.of()).json();
        Browser other = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));
        Map<String, Object> made = Map.of("name", "x", "answer", new SoftAuthenticator().create(options));
        assertThat(other.post(OWN, made).status()).isEqualTo(400);

        Map<String, Object> unverified = Map.of(
                "name", "x", "answer", new SoftAuthenticator().verifying(false).create(options));
        assertThat(person.post(OWN, unverified).status()).isEqualTo(400);
    }

    @Test
    void aTokenCannotMakeItselfAPasskey() {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.ADMINISTRATOR);

        Answer answer = administrator.as(operator.token()).post(OWN + "/options", Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("code").asText()).isEqualTo("console-only");
    }

    @Test
    void nobodyElsesPasskeyCanBeRemoved() {
        String id = person.get(OWN).json().at("/items/0/id").asText();
        Browser other = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));

        assertThat(other.delete(OWN + "/" + id).status()).isEqualTo(404);
        assertThat(person.signIn().status()).isEqualTo(200);
    }

    private Answer add(String name, SoftAuthenticator authenticator) {
        JsonNode options = person.post(OWN + "/options", Map.of()).json();
        return person.post(OWN, Map.of("name", name, "answer", authenticator.create(options)));
    }

    private List<String> auditOf(String target) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit_entry WHERE target = :target ORDER BY seq")
                        .bind("target", target)
                        .mapTo(String.class)
                        .list());
    }
}
