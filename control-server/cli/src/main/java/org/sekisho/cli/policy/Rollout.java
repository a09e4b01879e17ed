package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far a revision has come on the connected terminals of its segment, at one moment.
 *
 * @param enforced terminals that run it, read back
 * @param refused terminals that keep the revision before
 * @param lagging connected terminals that have not answered to the end
 * @param away how many terminals are not connected and take it when they come back
 */
record Rollout(List<JsonNode> enforced, List<JsonNode> refused, List<JsonNode> lagging, int away) {
    /** {@code gone} are the ids of terminals that are known not to be connected. */
    static Rollout of(Iterable<JsonNode> terminals, Set<String> gone) {
        List<JsonNode> enforced = new ArrayList<>();
        List<JsonNode> refused = new ArrayList<>();
        List<JsonNode> lagging = new ArrayList<>();
        int away = 0;
        for (JsonNode terminal : terminals) {
            switch (terminal.path("progress").asText("")) {
                case "ENFORCED" -> enforced.add(terminal);
                case "REFUSED" -> refused.add(terminal);
                default -> {
                    if (gone.contains(terminal.path("terminal").asText(""))) {
                        away++;
                    } else {
                        lagging.add(terminal);
                    }
                }
            }
        }
        return new Rollout(List.copyOf(enforced), List.copyOf(refused), List.copyOf(lagging), away);
    }

    /** Everyone who can answer has. */
    boolean isDone() {
        return lagging.isEmpty();
    }

    int connected() {
        return enforced.size() + refused.size() + lagging.size();
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("done", isDone())
                .put("enforced", enforced.size())
                .put("away", away);
        ArrayNode failed = json.putArray("refused");
        refused.forEach(failed::add);
        ArrayNode behind = json.putArray("lagging");
        lagging.forEach(behind::add);
        return json;
    }
}
