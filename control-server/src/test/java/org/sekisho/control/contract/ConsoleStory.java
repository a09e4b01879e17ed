package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.items;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.identity.FirstLink;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.SoftAuthenticator;

/** How people come to the console, and what they keep there that is their own. */
final class ConsoleStory {
    private final PublishedClient client;
    private final PublishedClient nobody;
    private final Jdbi jdbi;

    ConsoleStory(PublishedClient client, Jdbi jdbi) {
        this.client = client;
        this.nobody = client.as(client.api().as(null));
        this.jdbi = jdbi;
    }

    Stream<Executable> parts() {
        return Stream.of(
                () -> FirstLink.use(jdbi, this::setUp),
                this::comeInByInvitation,
                this::comeInByToken,
                this::comeInByProvider,
                this::keepPasskeys,
                this::letACommandIn);
    }

    private void setUp(String token) {
        String name = name();
        nobody.call("checkSetup", Map.of("token", token));
        JsonNode options = nobody.call("beginSetUp", PublishedClient.NONE, Map.of("token", token, "name", name))
                .json();
        nobody.call(
                "setUp",
                PublishedClient.NONE,
                Map.of("token", token, "name", name, "passkey", made(new SoftAuthenticator(), options)));
    }

    private void comeInByInvitation() {
        SoftAuthenticator authenticator = new SoftAuthenticator();
        nobody.call("getSignInMethods");
        PublishedClient person = nobody.signedIn(invited(authenticator));
        person.call("closeSession");
        JsonNode request = nobody.call("beginPasskeySignIn").json();
        PublishedClient again =
                nobody.signedIn(nobody.call("signInByPasskey", PublishedClient.NONE, authenticator.sign(request)));
        again.call("getSession");
        again.call("closeAllSessions");
    }

    private void comeInByToken() {
        String operator = appointed();
        String token = client.call("createOperatorToken", Map.of("id", operator), Map.of())
                .json()
                .get("token")
                .asText();
        nobody.signedIn(nobody.call("openSession", PublishedClient.NONE, Map.of("token", token)))
                .call("getSession");
    }

    private void comeInByProvider() {
        Answer begun = nobody.call("beginOidcSignIn");
        String[] cookie = begun.header("Set-Cookie").split(";", 2)[0].split("=", 2);
        URI asked = URI.create(begun.header("Location"));
        Api provider =
                Api.at(URI.create(Api.setting("sekisho.oidc.issuer")), Path.of(Api.setting("sekisho.oidc.ca")), null);
        String back = provider.get(asked.getRawPath() + "?" + asked.getRawQuery() + "&sub=" + UUID.randomUUID()
                        + "&name=" + name() + "&groups=auditors&fault=")
                .header("Location");
        Map<String, String> parameters = new HashMap<>(Map.of(cookie[0], cookie[1]));
        for (String one : URI.create(back).getRawQuery().split("&", -1)) {
            String[] pair = one.split("=", 2);
            parameters.put(pair[0], pair[1]);
        }
        nobody.call("finishOidcSignIn", parameters);
    }

    private void keepPasskeys() {
        PublishedClient person = nobody.signedIn(invited(new SoftAuthenticator()));
        String id = person.call("getSession").json().at("/operator/id").asText();
        JsonNode own = add(person);
        add(person);
        person.call("listOwnPasskeys");
        person.call("removeOwnPasskey", Map.of("id", own.get("id")));
        JsonNode left =
                items(client.call("listOperatorPasskeys", Map.of("id", id))).getFirst();
        client.call("removeOperatorPasskey", Map.of("id", id, "passkey", left.get("id")));
        client.call("closeOperatorSessions", Map.of("id", id));
        client.call("createPasskeyLink", Map.of("operator", id));
    }

    private void letACommandIn() {
        PublishedClient person = nobody.signedIn(invited(new SoftAuthenticator()));
        JsonNode begun = begunCommand();
        Map<String, ?> code = Map.of("code", begun.get("userCode"));
        person.call("getDeviceRequest", code);
        person.call("approveDevice", code, Map.of());
        nobody.call("askDeviceToken", PublishedClient.NONE, Map.of("deviceCode", begun.get("deviceCode")));
        JsonNode own = items(person.call("listOwnTokens")).getFirst();
        person.call("revokeOwnToken", Map.of("id", own.get("id")));
        person.call("denyDevice", Map.of("code", begunCommand().get("userCode")));
    }

    private JsonNode begunCommand() {
        return nobody.call("beginDevice", PublishedClient.NONE, Map.of("name", "desk-7"))
                .json();
    }

    private Answer invited(SoftAuthenticator authenticator) {
        String link = client.call(
                        "createInvitation",
                        PublishedClient.NONE,
                        Map.of("name", name(), "roles", List.of(Api.role(Role.Name.RESPONDER))))
                .json()
                .get("link")
                .asText();
        String token = link.substring(link.indexOf('=') + 1);
        nobody.call("checkInvitation", Map.of("token", token));
        JsonNode options = nobody.call("beginAcceptance", PublishedClient.NONE, Map.of("token", token))
                .json();
        return nobody.call(
                "acceptInvitation",
                PublishedClient.NONE,
                Map.of("token", token, "passkey", made(authenticator, options)));
    }

    private static JsonNode add(PublishedClient person) {
        JsonNode options = person.call("beginOwnPasskey").json();
        return person.call("addOwnPasskey", PublishedClient.NONE, made(new SoftAuthenticator(), options))
                .json();
    }

    private String appointed() {
        return client.call(
                        "createOperator",
                        PublishedClient.NONE,
                        Map.of("name", name(), "roles", List.of(Api.role(Role.Name.AUDITOR))))
                .json()
                .get("id")
                .asText();
    }

    private static Map<String, Object> made(SoftAuthenticator authenticator, JsonNode options) {
        return Map.of("name", "key", "answer", authenticator.create(options));
    }

    private static String name() {
        return "n" + UUID.randomUUID();
    }
}
