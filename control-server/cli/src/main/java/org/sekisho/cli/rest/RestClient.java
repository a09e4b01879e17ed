package org.sekisho.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.profile.Profile;

/**
 * Requests to one server as one operator. A read is tried again a few times when the connection or the server fails; a change
 * is only sent again when the connection could not even be opened, so that nothing is done twice.
 */
public final class RestClient {
    /** A local network answers in milliseconds; a person waits no longer than this for "not reachable". */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** The longest search that the server lets run, with room. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    /** 500 events of 64 KiB, the longest page there is, and some. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;
    /** The server's own limit for a page. */
    private static final int MAX_PAGE = 500;

    private static final int TRIES = 3;
    /** 429, and the answers of a server that restarts or is overloaded. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Profile profile;
    private final Texts texts;
    private final Pause pause;
    private final HttpClient client;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5), ThreadLocalRandom.current());

    public RestClient(Profile profile, Texts texts, Pause pause) {
        this.profile = profile;
        this.texts = texts;
        this.pause = pause;
        try {
            this.client = HttpClient.newBuilder()
                    .sslContext(PinnedTrust.context(profile.caPem()))
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.bad-ca", profile.server()), e);
        }
    }

    /** The server this talks to, for messages. */
    public URI server() {
        return profile.server();
    }

    /** Reads one document. */
    public JsonNode get(String path, Query query) {
        return send("GET", path + query, null);
    }

    /** Reads one document. */
    public JsonNode get(String path) {
        return get(path, new Query());
    }

    /** Sends a change; the answer is a missing node when the server sends none. */
    public JsonNode post(String path, @Nullable JsonNode body) {
        return send("POST", path, body);
    }

    /** Sends a request whose answer is one JSON document a line, and hands over each as it comes. One try. */
    public void follow(String path, JsonNode body, Consumer<JsonNode> line) {
        HttpRequest request = request(path)
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/x-ndjson, application/problem+json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() >= 300) {
                throw refusal(response);
            }
            try (MappingIterator<JsonNode> lines =
                    JSON.readerFor(JsonNode.class).readValues(response.body())) {
                while (lines.hasNextValue()) {
                    line.accept(lines.nextValue());
                }
            }
        } catch (SSLException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.untrusted", server(), reason(e)), e);
        } catch (IOException e) {
            throw unreachable(e, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.interrupted", server()), e);
        }
    }

    /** Sends a change whose document is no JSON. */
    public JsonNode upload(String path, String contentType, byte[] document) {
        return sendWhole(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(document)));
    }

    /** Reads a document that is no JSON. One try. */
    public byte[] download(String path) {
        try {
            HttpResponse<InputStream> response = client.send(
                    request(path)
                            .timeout(ANSWER_TIMEOUT)
                            .header("Accept", "text/csv, application/problem+json")
                            .build(),
                    BodyHandlers.ofInputStream());
            if (response.statusCode() >= 300) {
                throw refusal(response);
            }
            return body(response);
        } catch (SSLException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.untrusted", server(), reason(e)), e);
        } catch (IOException e) {
            throw unreachable(e, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.interrupted", server()), e);
        }
    }

    /** Sends a partial change. */
    public JsonNode patch(String path, JsonNode body) {
        return send("PATCH", path, body);
    }

    /** Puts something in its place; the answer is a missing node when the server sends none. */
    public JsonNode put(String path, @Nullable JsonNode body) {
        return send("PUT", path, body);
    }

    /** Takes something away that leaves an answer. */
    public JsonNode remove(String path) {
        return send("DELETE", path, null);
    }

    /** Reads something large into a file, which must not exist yet; a download that fails leaves none. */
    public void download(String path, Query query, Path file) {
        try (InputStream in = stream(path + query)) {
            try {
                Files.copy(in, file);
            } catch (FileAlreadyExistsException e) {
                throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("download.exists", file), e);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw unreachable(e, 1);
        }
    }

    /** Begins to read something large; the caller closes it. One try. */
    public InputStream stream(String path) {
        try {
            HttpResponse<InputStream> response = client.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw refusal(response);
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable(e, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.interrupted", server()), e);
        }
    }

    /** Deletes. */
    public void delete(String path) {
        send("DELETE", path, null);
    }

    /** The first {@code limit} items of a list, fetched in as few pages as the server allows, as one {@code items}/{@code next} document. */
    public ObjectNode list(String path, Query query, int limit) {
        ObjectNode whole = JSON.createObjectNode();
        ArrayNode items = whole.putArray("items");
        String after = null;
        do {
            Query page = query.copy()
                    .with("limit", Integer.toString(Math.min(MAX_PAGE, limit - items.size())))
                    .with("after", after);
            JsonNode answer = get(path, page);
            JsonNode found = answer.path("items");
            found.forEach(items::add);
            after = answer.path("next").isTextual() && !found.isEmpty()
                    ? answer.path("next").asText()
                    : null;
        } while (after != null && items.size() < limit);
        whole.put("next", after);
        return whole;
    }

    /** Opens a stream of server-sent events; the caller closes it. One try. */
    InputStream open(String path, Query query, @Nullable String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path + query).header("Accept", "text/event-stream").GET();
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refusal(response);
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
        }
        return sendWhole(request);
    }

    private JsonNode sendWhole(HttpRequest.Builder request) {
        try {
            return exchange(request.timeout(ANSWER_TIMEOUT)
                    .header("Accept", "application/json, application/problem+json")
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("connection.interrupted", server()), e);
        }
    }

    private JsonNode exchange(HttpRequest request) throws InterruptedException {
        boolean read = request.method().equals("GET");
        for (int failures = 1; ; failures++) {
            boolean last = failures == TRIES;
            try {
                HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
                if (response.statusCode() < 300) {
                    return document(response);
                }
                ServerRefusal refusal = refusal(response);
                if (last || !read || !PASSING.contains(refusal.status())) {
                    throw refusal;
                }
            } catch (SSLException e) {
                throw new CommandFailure(
                        ExitCodes.UNUSABLE, texts.text("connection.untrusted", server(), reason(e)), e);
            } catch (IOException e) {
                if (last || !(read || e instanceof ConnectException)) {
                    throw unreachable(e, failures);
                }
            }
            pause.last(backoff.after(failures));
        }
    }

    CommandFailure unreachable(IOException e, int tries) {
        return new CommandFailure(
                ExitCodes.UNUSABLE, texts.text("connection.unreachable", server(), reason(e), tries), e);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(profile.server().resolve("/api/v1" + path))
                .header("Accept-Language", texts.tag());
        return profile.token().isEmpty() ? request : request.header("Authorization", "Bearer " + profile.token());
    }

    private static JsonNode document(HttpResponse<InputStream> response) throws IOException {
        byte[] body = body(response);
        return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
    }

    private static byte[] body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException("The answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private ServerRefusal refusal(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("");
        byte[] body = body(response);
        ObjectNode problem = JSON.createObjectNode().put("status", status);
        if (type.startsWith("application/problem+json") && JSON.readTree(body) instanceof ObjectNode sent) {
            problem = sent;
        }
        int exit = status >= 500 ? ExitCodes.UNUSABLE : ExitCodes.REFUSED;
        return new ServerRefusal(exit, status, problem, message(status, problem, response.request()));
    }

    private String message(int status, JsonNode problem, HttpRequest request) {
        String said = problem.path("detail").asText(problem.path("title").asText(""));
        String key = switch (status) {
            case 401 -> "refused.401";
            case 403 -> "refused.403";
            case 404 -> "refused.404";
            case 409 -> "refused.409";
            default -> status >= 500 ? "refused.5xx" : "refused.other";
        };
        return texts.text(
                        key, request.method() + " " + request.uri().getPath(), server(), said, Integer.toString(status))
                .strip();
    }

    private static String reason(Exception e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return deepest.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
