package org.sekisho.control.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** An entry's detail between its two forms. The text is what counts: it is hashed as stored, never as read and written again. */
final class AuditDetail {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Key under which a text is shown that {@link #text} can't have written. */
    private static final String UNREADABLE = "unreadable";

    private AuditDetail() {}

    /** JSON with sorted keys. */
    static String text(Map<String, String> detail) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(detail));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** For people. Never fails: a text that was changed by hand is shown as it is, so that the log stays readable around it. */
    static Map<String, String> read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (!tree.isObject()) {
                return Map.of(UNREADABLE, text);
            }
            Map<String, String> detail = new TreeMap<>();
            tree.properties()
                    .forEach(field -> detail.put(
                            field.getKey(),
                            field.getValue().isTextual()
                                    ? field.getValue().textValue()
                                    : field.getValue().toString()));
            return detail;
        } catch (JsonProcessingException e) {
            return Map.of(UNREADABLE, text);
        }
    }
}
