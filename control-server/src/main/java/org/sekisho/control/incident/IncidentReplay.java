package org.sekisho.control.incident;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How many incidents some rules would have opened for past attempts, as if nobody had closed any. Attempts are shown in the
 * order of their arrival. One replay, one thread.
 */
final class IncidentReplay {
    private final IncidentRules rules;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<Object, Story> stories = new HashMap<>();

    IncidentReplay(IncidentRules rules) {
        this.rules = rules;
        rules.all().forEach(rule -> lines.put(rule.id(), new Line(rule.id(), 0, 0)));
    }

    /** What such a report would have done. */
    void saw(IncidentReport report, Instant at) {
        rules.match(report).ifPresent(rule -> {
            boolean opens = stories.computeIfAbsent(Map.entry(rule.id(), report.key()), story -> new Story())
                    .opens(rule, at, report.count());
            lines.computeIfPresent(
                    rule.id(),
                    (id, line) -> new Line(id, line.attempts() + report.count(), line.incidents() + (opens ? 1 : 0)));
        });
    }

    /** By rule, in their order. */
    List<Line> lines() {
        return List.copyOf(lines.values());
    }

    /** How many incidents in all. */
    long incidents() {
        return lines.values().stream().mapToLong(Line::incidents).sum();
    }

    /**
     * What a rule would have done.
     *
     * @param attempts that it decides about
     * @param incidents that it opens
     */
    @Schema(
            name = "IncidentRulePreview",
            requiredProperties = {"rule", "attempts", "incidents"})
    record Line(String rule, long attempts, long incidents) {}

    private record Count(Instant at, long count) {}

    /** Reports that belong together. */
    private static final class Story {
        private final Deque<Count> below = new ArrayDeque<>();
        private @Nullable Instant last;

        boolean opens(IncidentRule rule, Instant at, long count) {
            if (last != null && !at.isAfter(last.plus(rule.join()))) {
                last = at.isAfter(last) ? at : last;
                return false;
            }
            below.removeIf(past -> past.at().isBefore(at.minus(rule.window())));
            below.add(new Count(at, count));
            if (below.stream().mapToLong(Count::count).sum() < rule.threshold()) {
                return false;
            }
            below.clear();
            last = at;
            return true;
        }
    }
}
