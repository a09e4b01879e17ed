package org.sekisho.control.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Exchange;
import org.sekisho.control.testing.PublishedContract;
import org.sekisho.control.testing.PublishedOperation;

/**
 * A client that knows of the server what the OpenAPI document says: an operation's name gives method, path, types and where
 * each parameter goes. Each answer is held against the document.
 */
final class PublishedClient {
    /** No parameters. */
    static final Map<String, Object> NONE = Map.of();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;
    private final PublishedContract contract;
    private final Findings findings;
    private final Map<String, String> proof;

    private PublishedClient(Api api, PublishedContract contract, Findings findings, Map<String, String> proof) {
        this.api = api;
        this.contract = contract;
        this.findings = findings;
        this.proof = Map.copyOf(proof);
    }

    static PublishedClient of(Api api, PublishedContract contract, Findings findings) {
        return new PublishedClient(api, contract, findings, Map.of());
    }

    /** The same as somebody else. */
    PublishedClient as(Api other) {
        return new PublishedClient(other, contract, findings, Map.of());
    }

    /** A browser that has just been let in. */
    PublishedClient signedIn(Answer in) {
        return new PublishedClient(
                api.as(null),
                contract,
                findings,
                Map.of(
                        "Cookie",
                        in.header("Set-Cookie").split(";", 2)[0],
                        "X-Sekisho-Csrf",
                        in.json().get("csrf").asText()));
    }

    /** Whoever it is, by other means. */
    Api api() {
        return api;
    }

    Answer call(String operation) {
        return call(operation, NONE, null);
    }

    Answer call(String operation, Map<String, ?> parameters) {
        return call(operation, parameters, null);
    }

    /** Does it, which must succeed; a body is bytes, text, or what becomes JSON. */
    Answer call(String operation, Map<String, ?> parameters, @Nullable Object body) {
        PublishedOperation published = contract.operation(operation);
        Map<String, String> headers = new TreeMap<>(proof);
        String path = path(published, parameters, headers);
        String type = published.requestType();
        assertThat(body != null).as(operation + " takes a body").isEqualTo(!type.isEmpty());
        byte[] bytes = bytes(body);
        if (body != null) {
            headers.put("Content-Type", type);
        }
        if (!published.successTypes().isEmpty()) {
            headers.put("Accept", String.join(", ", published.successTypes()) + ", application/problem+json");
        }
        Answer answer = api.send(published.method(), path, headers, bytes);
        Exchange exchange = Exchange.of(
                published.method(),
                path,
                type.equals("application/json") ? new String(bytes, StandardCharsets.UTF_8) : null,
                answer.response(),
                answer.bytes());
        findings.take(operation, exchange);
        assertThat(exchange.succeeded())
                .as(operation + " answered " + exchange.status() + " " + exchange.responseBody())
                .isTrue();
        return answer;
    }

    /** Follows a stream until it has told of something; what there is to tell is done until it does. */
    void follow(String operation, Runnable cause) {
        PublishedOperation published = contract.operation(operation);
        HttpResponse<InputStream> response = api.stream(published.path());
        BlockingQueue<String> data = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> read(response.body(), data));
        try (InputStream open = response.body()) {
            await().until(() -> {
                cause.run();
                return !data.isEmpty() && open != null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] told = String.join("\n", data).getBytes(StandardCharsets.UTF_8);
        findings.take(operation, Exchange.of(published.method(), published.path(), null, response, told));
    }

    private static void read(InputStream body, BlockingQueue<String> data) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.startsWith("data:")).forEach(data::add);
        } catch (IOException | UncheckedIOException e) {
            // The follower has seen enough.
        }
    }

    /** The path with its parameters in their places; those of headers and cookies go to the headers. */
    private static String path(PublishedOperation operation, Map<String, ?> parameters, Map<String, String> headers) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        Map<String, Object> left = new LinkedHashMap<>(parameters);
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.get("name").asText();
            Object given = left.remove(name);
            String value = given instanceof JsonNode node ? node.asText() : String.valueOf(given);
            if (given == null) {
                assertThat(parameter.path("required").asBoolean())
                        .as(operation.id() + " needs " + name)
                        .isFalse();
                continue;
            }
            switch (parameter.get("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" ->
                    query.append(query.isEmpty() ? "?" : "&")
                            .append(encoded(name))
                            .append('=')
                            .append(encoded(value));
                case "cookie" -> headers.merge("Cookie", name + "=" + value, (one, other) -> one + "; " + other);
                default -> headers.put(name, value);
            }
        }
        assertThat(left).as(operation.id() + " has no such parameter").isEmpty();
        return path + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] bytes(@Nullable Object body) {
        try {
            return switch (body) {
                case null -> new byte[0];
                case byte[] bytes -> bytes;
                case String text -> text.getBytes(StandardCharsets.UTF_8);
                default -> JSON.writeValueAsBytes(body);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The parts of a page. */
    static List<JsonNode> items(Answer page) {
        return java.util.stream.StreamSupport.stream(page.json().get("items").spliterator(), false)
                .toList();
    }
}
