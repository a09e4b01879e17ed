package org.sekisho.control.audit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One act of an operator.
 *
 * @param seq position in the chain, from 1, without gaps
 * @param at when, to the microsecond
 * @param operator the operator's name, or {@code -} if nobody was signed in
 * @param action what was done, such as {@code policy.publish}
 * @param target on what, such as {@code MY_NUMBER/12}
 * @param detail more of it; never a secret, never personal information of a resident
 */
public record AuditEntry(
        long seq, Instant at, String operator, String action, String target, Map<String, String> detail) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public AuditEntry {
        requireNonNull(at, "at is null");
        requireNonNull(operator, "operator is null");
        requireNonNull(action, "action is null");
        requireNonNull(target, "target is null");
        detail = Map.copyOf(detail);
    }

    /** {@link #detail} as JSON with sorted keys: what is stored and hashed, to the character. */
    String detailText() {
        try {
            return JSON.writeValueAsString(new TreeMap<>(detail));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** @throws IllegalStateException if {@code text} isn't what {@link #detailText} writes */
    static Map<String, String> detailOf(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of an audit entry is not JSON: it was changed by hand", e);
        }
    }
}
