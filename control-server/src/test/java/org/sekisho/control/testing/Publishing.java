package org.sekisho.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Publishing as people do: what loosens, a second person consents to. */
public final class Publishing {
    private Publishing() {}

    /** Makes this the segment's newest revision, for everybody. */
    public static JsonNode publish(Api administrator, String yaml) {
        Api.Answer answer = administrator.post("/api/v1/policies", Map.of("yaml", yaml, "reason", "because"));
        return switch (answer.status()) {
            case 201 -> answer.json();
            case 202 ->
                approve(
                        administrator.withRole("approver"),
                        answer.json().get("id").asLong());
            default -> throw new AssertionError("Publishing answered " + answer.status() + " " + answer.json());
        };
    }

    private static JsonNode approve(Api second, long proposal) {
        Api.Answer answer = second.post("/api/v1/policy-proposals/" + proposal + "/approval", Map.of());
        if (answer.status() != 201) {
            throw new AssertionError("Consenting answered " + answer.status() + " " + answer.json());
        }
        return answer.json();
    }
}
