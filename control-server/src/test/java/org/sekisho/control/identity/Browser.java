package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.SoftAuthenticator;

/** A person at the console: from an address of their own, with an authenticator, and a cookie once they are signed in. */
final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoopbackClient client = new LoopbackClient();
    private final SoftAuthenticator authenticator = new SoftAuthenticator();
    private String cookie = "";
    private String csrf = "";

    /** Somebody invited for a test, who has come in. */
    static Browser invited(Api administrator, List<Map<String, String>> roles) {
        String name = "guest-" + java.util.UUID.randomUUID();
        Answer invited = administrator.post("/api/v1/invitations", Map.of("name", name, "roles", roles));
        assertThat(invited.status()).isEqualTo(201);
        Browser browser = new Browser();
        Answer in = browser.accept(tokenOf(invited.json().get("link").asText()));
        assertThat(in.status()).isEqualTo(200);
        return browser;
    }

    static String tokenOf(String link) {
        return link.substring(link.indexOf('=') + 1);
    }

    String address() {
        return client.address();
    }

    SoftAuthenticator authenticator() {
        return authenticator;
    }

    Answer setUp(String token, String name) {
        Answer options = post("/api/v1/setup/options", Map.of("token", token, "name", name));
        return options.status() == 200
                ? keep(post(
                        "/api/v1/setup",
                        Map.of("token", token, "name", name, "passkey", passkey("first", options.json()))))
                : options;
    }

    Answer accept(String token) {
        Answer options = post("/api/v1/invitations/acceptance/options", Map.of("token", token));
        return options.status() == 200
                ? keep(post(
                        "/api/v1/invitations/acceptance",
                        Map.of("token", token, "passkey", passkey("first", options.json()))))
                : options;
    }

    Answer signIn() {
        return signIn(authenticator.sign(beginSignIn()));
    }

    Answer signIn(Map<String, String> signed) {
        return keep(post("/api/v1/sign-in", signed));
    }

    JsonNode beginSignIn() {
        Answer begun = post("/api/v1/sign-in/options", Map.of());
        assertThat(begun.status()).isEqualTo(200);
        return begun.json();
    }

    Map<String, Object> passkey(String name, JsonNode options) {
        return Map.of("name", name, "answer", authenticator.create(options));
    }

    Answer get(String path) {
        return client.get(path, headers(false));
    }

    Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, Object body) {
        try {
            return client.send(method, path, JSON.writeValueAsString(body), headers(true));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer delete(String path) {
        return client.send("DELETE", path, "", headers(false));
    }

    /** A page that asks by itself, with nobody at it. */
    Answer getUnattended(String path) {
        List<String> headers = new ArrayList<>(List.of(headers(false)));
        headers.addAll(List.of(OperatorAuthentication.UNATTENDED, "1"));
        return client.get(path, headers.toArray(String[]::new));
    }

    boolean isSignedIn() {
        return get("/api/v1/session").status() == 200;
    }

    String secret() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    private Answer keep(Answer answer) {
        if (answer.status() == 200) {
            cookie = answer.header("Set-Cookie").split(";", 2)[0];
            csrf = answer.json().get("csrf").asText();
        }
        return answer;
    }

    private String[] headers(boolean body) {
        List<String> headers = new ArrayList<>();
        if (!cookie.isEmpty()) {
            headers.addAll(List.of("Cookie", cookie, CsrfFilter.HEADER, csrf));
        }
        if (body) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        return headers.toArray(String[]::new);
    }
}
