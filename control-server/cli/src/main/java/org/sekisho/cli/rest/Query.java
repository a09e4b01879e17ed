package org.sekisho.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a request. */
public final class Query {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Sets a parameter; nothing happens when the value is null or empty. */
    public Query with(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(name, value);
        }
        return this;
    }

    /** A copy that can be changed without changing this. */
    public Query copy() {
        Query copy = new Query();
        copy.values.putAll(values);
        return copy;
    }

    /** With its question mark; empty when nothing is set. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** One segment of a path. */
    public static String segment(String text) {
        return encode(text).replace("+", "%20");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
