package org.sekisho.control.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request and what came back.
 *
 * @param path with or without a query
 * @param requestBody as text; null: none, or none in JSON
 * @param responseType the answer's Content-Type; empty: none
 * @param responseBody as text, or the beginning of it where it has no end
 */
public record Exchange(
        String method,
        String path,
        @Nullable String requestBody,
        int status,
        String responseType,
        String responseBody) {
    /** Of what a server answered. */
    public static Exchange of(
            String method, String path, @Nullable String requestBody, HttpResponse<?> response, byte[] body) {
        return new Exchange(
                method,
                path,
                requestBody,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server did what it was asked to. */
    public boolean succeeded() {
        return status >= 200 && status < 400;
    }

    /** The answer's media type alone. */
    String mediaType() {
        return responseType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
