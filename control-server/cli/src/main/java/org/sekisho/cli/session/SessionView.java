package org.sekisho.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.sekisho.cli.Texts;

/** What is shown of a session: who, with which roles. */
final class SessionView {
    private SessionView() {}

    static String operator(JsonNode session) {
        return session.path("operator").path("name").asText("");
    }

    static String roles(JsonNode session, Texts texts) {
        return StreamSupport.stream(session.path("roles").spliterator(), false)
                .map(role -> texts.word("role", role.asText()))
                .collect(Collectors.joining(", "));
    }

    /** The CSRF token is the console's affair and has no place in a script's log. */
    static JsonNode withoutSecrets(JsonNode session) {
        return session instanceof ObjectNode object ? object.deepCopy().without("csrf") : session;
    }
}
