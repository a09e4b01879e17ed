package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.rest.Query;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import org.sekisho.v1.SealedKey;

/** One shadow copy at the server. */
final class Copy {
    static final String PATH = "/shadow-copies";

    private final RestClient server;
    private final Texts texts;
    private final String id;

    Copy(RestClient server, Texts texts, String id) {
        this.server = server;
        this.texts = texts;
        this.id = id;
    }

    String id() {
        return id;
    }

    JsonNode about() {
        return server.get(path());
    }

    JsonNode ask(String reason) {
        return server.post(path() + "/openings", reason(reason));
    }

    JsonNode refuse(String opening, String reason) {
        return server.post(path(opening) + "/refuse", reason(reason));
    }

    JsonNode approve(String opening, byte[] approved) {
        return server.post(
                path(opening) + "/approve",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("approved", Base64.getEncoder().encodeToString(approved)));
    }

    /** What only the caller can take the outer seal off. */
    SealedKey seal(String opening) {
        JsonNode seal = server.get(path(opening) + "/seal");
        return SealedKey.newBuilder()
                .setReader(seal.path("reader").asText(""))
                .setApprover(seal.path("approver").asText(""))
                .setSealed(ByteString.copyFrom(bytes(seal.path("sealed"))))
                .build();
    }

    Approved approved(String opening) {
        JsonNode approved = server.get(path(opening) + "/approved");
        return new Approved(approved.path("approver").asText(""), bytes(approved.path("approved")));
    }

    /** The sealed file; the caller closes it. */
    InputStream content(String opening) {
        return server.stream(path(opening) + "/content");
    }

    /** The opening in a copy's document. */
    JsonNode opening(JsonNode about, String opening) {
        for (JsonNode one : about.path("openings")) {
            if (one.path("id").asText("").equals(opening)) {
                return one;
            }
        }
        throw new CommandFailure(ExitCodes.REFUSED, texts.text("shadow-copies.no-opening", id, opening));
    }

    /** What the terminal recorded of the file; empty where there is no event, or the operator may not see it. */
    Optional<JsonNode> event(JsonNode about) {
        if (!about.path("seq").isIntegralNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of(server.get("/events/"
                    + Query.segment(about.path("terminal").asText("")) + "/"
                    + about.path("seq").asText()));
        } catch (ServerRefusal refusal) {
            if (refusal.status() == 403 || refusal.status() == 404) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private byte[] bytes(JsonNode base64) {
        try {
            return Base64.getDecoder().decode(base64.asText(""));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("shadow-copies.no-seal", id), e);
        }
    }

    private static JsonNode reason(String reason) {
        return JsonNodeFactory.instance.objectNode().put("reason", reason);
    }

    private String path() {
        return PATH + "/" + Query.segment(id);
    }

    private String path(String opening) {
        return path() + "/openings/" + Query.segment(opening);
    }

    /**
     * What an approver has done.
     *
     * @param key the content's, still sealed to the reader
     */
    record Approved(String approver, byte[] key) {}
}
