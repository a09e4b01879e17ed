package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.event.EventFeed;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** Inviting, changing and disabling operators; their sessions. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class OperatorsTest {
    private static final String INVITATIONS = "/api/v1/invitations";
    private static final String SESSION = "/api/v1/session";

    @Inject
    Jdbi jdbi;

    @Inject
    EventFeed feed;

    private final Api administrator = Api.administrator();

    @Test
    void anInvitationLetsOnePersonInOnce() throws Exception {
        JsonNode invited = invite(Api.role(Role.Name.AUDITOR));
        String token = token(invited);
        Callable<Integer> race = () -> new Browser().accept(token).status();

        try (ExecutorService pool = Executors.newFixedThreadPool(30)) {
            List<Integer> statuses = pool.invokeAll(Collections.nCopies(30, race)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 403);
        }
        assertThat(new Browser().accept(token).status()).isEqualTo(403);
        assertThat(stateOf(invited)).isEqualTo("USED");
        assertThat(auditOf(invited.get("name").asText())).containsExactly("invitation.create", "invitation.accept");
        assertThat(new DatabaseSearch(jdbi).columnsWith(token)).isEmpty();
    }

    @Test
    void theLinkSaysWhoIsInvitedToWhatAndIsShownOnce() {
        JsonNode invited = invite(Api.role(Role.Name.RESPONDER, "総務部"));
        assertThat(invited.get("link").asText())
                .startsWith(Api.setting("sekisho.public-url") + "/invitation?token=ski_");

        JsonNode check = new Browser()
                .get(INVITATIONS + "/acceptance?token=" + token(invited))
                .json();

        assertThat(check.get("valid").asBoolean()).isTrue();
        assertThat(check.get("name")).isEqualTo(invited.get("name"));
        assertThat(check.at("/roles/0/branch").asText()).isEqualTo("総務部");
        assertThat(listed(invited).has("link")).isFalse();
    }

    @Test
    void aWithdrawnOrExpiredInvitationIsVoid() {
        JsonNode withdrawn = invite(Api.role(Role.Name.AUDITOR));
        assertThat(administrator
                        .delete(INVITATIONS + "/" + withdrawn.get("id").asText())
                        .status())
                .isEqualTo(204);
        JsonNode expired = invite(Api.role(Role.Name.AUDITOR));
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = ?",
                UUID.fromString(expired.get("id").asText())));

        for (JsonNode invitation : List.of(withdrawn, expired)) {
            assertThat(new Browser().accept(token(invitation)).status()).isEqualTo(403);
            assertThat(new Browser()
                            .get(INVITATIONS + "/acceptance?token=" + token(invitation))
                            .json()
                            .get("valid")
                            .asBoolean())
                    .isFalse();
        }
        assertThat(stateOf(withdrawn)).isEqualTo("WITHDRAWN");
        assertThat(stateOf(expired)).isEqualTo("EXPIRED");
    }

    @Test
    void oneLinksChallengeDoesNotServeAnother() {
        JsonNode one = invite(Api.role(Role.Name.AUDITOR));
        JsonNode other = invite(Api.role(Role.Name.ADMINISTRATOR));
        Browser browser = new Browser();
        JsonNode options = browser.post(INVITATIONS + "/acceptance/options", Map.of("token", token(one)))
                .json();

        Answer answer = browser.post(
                INVITATIONS + "/acceptance", Map.of("token", token(other), "passkey", browser.passkey("x", options)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new Browser().accept(token(other)).status()).isEqualTo(200);
    }

    @Test
    void whoLostTheirPasskeyGetsALinkForAnother() {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.RESPONDER)));
        String id = idOf(person);
        JsonNode link = administrator.post(INVITATIONS + "/for/" + id, Map.of()).json();
        Browser again = new Browser();

        assertThat(again.accept(token(link)).status()).isEqualTo(200);

        assertThat(idOf(again)).isEqualTo(id);
        JsonNode passkeys = administrator
                .get("/api/v1/operators/" + id + "/passkeys")
                .json()
                .get("items");
        assertThat(passkeys).hasSize(2);
        String lost = "/api/v1/operators/" + id + "/passkeys/"
                + passkeys.get(0).get("id").asText();
        assertThat(administrator.delete(lost).status()).isEqualTo(204);
        assertThat(auditOf(nameOf(again))).endsWith("invitation.accept", "passkey.delete");
        assertThat(person.signIn().status()).isEqualTo(401);
        assertThat(again.signIn().status()).isEqualTo(200);
    }

    @Test
    void aDisabledOperatorIsOutAtOnce() throws Exception {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.RESPONDER)));
        String path = "/api/v1/operators/" + idOf(person);
        Api script = administrator.as(administrator
                .post(path + "/tokens", Map.of())
                .json()
                .get("token")
                .asText());
        CompletableFuture<Void> stream = follow(script);

        assertThat(administrator.patch(path, Map.of("disabled", true)).status()).isEqualTo(200);

        assertThat(person.isSignedIn()).isFalse();
        assertThat(script.get(SESSION).status()).isEqualTo(401);
        stream.get(10, TimeUnit.SECONDS);
        assertThat(person.signIn().status()).isEqualTo(401);
        // Enabled again they come in by their passkey, while old tokens stay void.
        assertThat(administrator.patch(path, Map.of("disabled", false)).status())
                .isEqualTo(200);
        assertThat(person.signIn().status()).isEqualTo(200);
        assertThat(script.get(SESSION).status()).isEqualTo(401);
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneFromSessionsTokensAndStreams() throws Exception {
        Browser person =
                Browser.invited(administrator, List.of(Api.role(Role.Name.ADMINISTRATOR), Api.role(Role.Name.AUDITOR)));
        String path = "/api/v1/operators/" + idOf(person);
        Api script = administrator.as(administrator
                .post(path + "/tokens", Map.of())
                .json()
                .get("token")
                .asText());
        CompletableFuture<Void> stream = follow(script);
        assertThat(person.get("/api/v1/operators").status()).isEqualTo(200);

        assertThat(administrator
                        .patch(path, Map.of("roles", List.of(Api.role(Role.Name.RESPONDER))))
                        .status())
                .isEqualTo(200);

        assertThat(person.get("/api/v1/operators").status()).isEqualTo(403);
        assertThat(person.get(SESSION).json().get("roles")).hasSize(1);
        // The token never had that role.
        assertThat(script.get("/api/v1/terminals").status()).isEqualTo(403);
        stream.get(10, TimeUnit.SECONDS);
    }

    @Test
    void nobodyChangesTheirOwnRoles() {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.ADMINISTRATOR)));

        Answer answer = person.send(
                "PATCH",
                "/api/v1/operators/" + idOf(person),
                Map.of("roles", List.of(Api.role(Role.Name.ADMINISTRATOR), Api.role(Role.Name.APPROVER))));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asText()).isEqualTo("oneself");
    }

    @Test
    void theLastPersonWhoAdministersEverythingStays() {
        Browser last = Browser.invited(administrator, List.of(Api.role(Role.Name.ADMINISTRATOR)));
        String path = "/api/v1/operators/" + idOf(last);
        List<UUID> others = jdbi.withHandle(handle -> handle.createQuery("UPDATE operator SET disabled_at = now()"
                        + " WHERE kind = 'PERSON' AND disabled_at IS NULL AND id <> :id RETURNING id")
                .bind("id", UUID.fromString(idOf(last)))
                .mapTo(UUID.class)
                .list());
        try {
            for (Map<String, Object> change : List.<Map<String, Object>>of(
                    Map.of("disabled", true),
                    Map.of("roles", List.of(Api.role(Role.Name.AUDITOR))),
                    Map.of("roles", List.of(Api.role(Role.Name.ADMINISTRATOR, "総務部"))))) {
                Answer answer = administrator.patch(path, change);
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.json().get("code").asText()).isEqualTo("last-administrator");
            }
        } finally {
            jdbi.useHandle(handle ->
                    others.forEach(id -> handle.execute("UPDATE operator SET disabled_at = NULL WHERE id = ?", id)));
        }
        assertThat(last.isSignedIn()).isTrue();
    }

    @Test
    void beyondFiveSessionsTheOldestEnds() {
        Browser first = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));
        List<String> sessions = new ArrayList<>(List.of(first.secret()));
        IntStream.range(0, 5).forEach(i -> {
            assertThat(first.signIn().status()).isEqualTo(200);
            sessions.add(first.secret());
        });

        assertThat(alive(sessions.getFirst())).isFalse();
        assertThat(sessions.subList(1, 6)).allMatch(OperatorsTest::alive);
    }

    @Test
    void signingOutEverywhereEndsThemAll() {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));
        String before = person.secret();
        assertThat(person.signIn().status()).isEqualTo(200);
        Browser bystander = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));

        assertThat(person.delete(SESSION + "/all").status()).isEqualTo(204);

        assertThat(alive(before)).isFalse();
        assertThat(person.isSignedIn()).isFalse();
        assertThat(bystander.isSignedIn()).isTrue();
        assertThat(person.signIn().status()).isEqualTo(200);
        assertThat(auditOf(nameOf(person))).endsWith("session.close-all");
    }

    @Test
    void anAdministratorSignsSomebodyOut() {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));

        assertThat(administrator
                        .delete("/api/v1/operators/" + idOf(person) + "/sessions")
                        .status())
                .isEqualTo(204);
        assertThat(person.isSignedIn()).isFalse();
    }

    @Test
    void whatAnOpenPageAsksByItselfDoesNotKeepTheSessionAlive() {
        Browser person = Browser.invited(administrator, List.of(Api.role(Role.Name.AUDITOR)));
        byte[] hash = new Secret(person.secret()).hash(SessionStore.SESSION);
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE operator_session SET last_seen = now() - interval '29 minutes' WHERE hash = ?", (Object) hash));

        assertThat(person.getUnattended(SESSION).status()).isEqualTo(200);
        assertThat(seenLately(hash)).isFalse();
        assertThat(person.get(SESSION).status()).isEqualTo(200);
        assertThat(seenLately(hash)).isTrue();
    }

    private boolean seenLately(byte[] hash) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT last_seen > now() - interval '1 minute' FROM operator_session WHERE hash = :hash")
                .bind("hash", hash)
                .mapTo(Boolean.class)
                .one());
    }

    private static boolean alive(String session) {
        return new LoopbackClient()
                        .get(SESSION, "Cookie", OperatorAuthentication.COOKIE + "=" + session)
                        .status()
                == 200;
    }

    /** Done once the stream has ended. */
    private CompletableFuture<Void> follow(Api api) {
        HttpResponse<InputStream> response = api.stream("/api/v1/events/stream");
        assertThat(response.statusCode()).isEqualTo(200);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (InputStream body = response.body()) {
                body.transferTo(java.io.OutputStream.nullOutputStream());
                ended.complete(null);
            } catch (java.io.IOException e) {
                ended.completeExceptionally(e);
            }
        });
        await().until(feed::isFollowed);
        return ended;
    }

    private JsonNode invite(Map<String, String> role) {
        Answer invited = administrator.post(
                INVITATIONS,
                Map.of("name", "invited-" + UUID.randomUUID(), "email", "x@city.example", "roles", List.of(role)));
        assertThat(invited.status()).isEqualTo(201);
        return invited.json();
    }

    private JsonNode listed(JsonNode invitation) {
        for (JsonNode one : administrator.get(INVITATIONS).json().get("items")) {
            if (one.get("id").equals(invitation.get("id"))) {
                return one;
            }
        }
        throw new AssertionError("the invitation is not listed");
    }

    private String stateOf(JsonNode invitation) {
        return listed(invitation).get("state").asText();
    }

    private static String token(JsonNode invitation) {
        return Browser.tokenOf(invitation.get("link").asText());
    }

    private List<String> auditOf(String target) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit_entry WHERE target = :target ORDER BY seq")
                        .bind("target", target)
                        .mapTo(String.class)
                        .list());
    }

    private static String nameOf(Browser browser) {
        return browser.get(SESSION).json().at("/operator/name").asText();
    }

    private static String idOf(Browser browser) {
        return browser.get(SESSION).json().at("/operator/id").asText();
    }
}
