package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;

/** Finds what an incident has in common with others: a fingerprint of a number, a device, a person. */
@Singleton
class SimilarIncidents {
    /** More than anybody compares by eye. */
    private static final int MOST = 50;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    SimilarIncidents(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Those with most in common first, then the newest. */
    List<Similar> of(Reach reach, long id) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery("""
                                WITH likeness AS (
                                    SELECT b.incident AS id, b.kind AS why, count(*) AS shared
                                    FROM incident_trace a JOIN incident_trace b USING (kind, value)
                                    WHERE a.incident = :id AND b.incident <> :id GROUP BY b.incident, b.kind
                                    UNION ALL
                                    SELECT other.id, 'PERSON', 1 FROM incident self JOIN incident other ON other.user_name = self.user_name
                                    WHERE self.id = :id AND self.user_name <> '' AND other.id <> :id),
                                ranked AS (
                                    SELECT id, array_agg(why ORDER BY why) AS why, sum(CASE why WHEN 'NUMBER' THEN shared ELSE 0 END) AS numbers
                                    FROM likeness GROUP BY id)
                                SELECT i.*, t.host, t.org_unit, r.why, r.numbers
                                FROM ranked r JOIN incident i ON i.id = r.id LEFT JOIN terminal t ON t.id = i.terminal
                                WHERE %s ORDER BY cardinality(r.why) DESC, i.id DESC LIMIT :most""".formatted(reach.condition("t.org_unit")))
                        .bind("id", id)
                        .bind("most", MOST))
                .map((row, context) -> new Similar(
                        IncidentRows.view(row, now, List.of(), null, null),
                        Arrays.stream((String[]) row.getArray("why").getArray())
                                .map(Likeness::valueOf)
                                .toList(),
                        row.getInt("numbers")))
                .list());
    }

    /** What two incidents share. */
    @Schema(name = "Likeness")
    public enum Likeness {
        /** A number's fingerprint; one in some six thousand numbers has the same. */
        NUMBER,
        DEVICE,
        PERSON
    }

    /**
     * An incident that has something in common with another.
     *
     * @param numbers how many fingerprints they share
     */
    @Schema(
            name = "SimilarIncident",
            requiredProperties = {"incident", "why", "numbers"})
    public record Similar(IncidentView incident, List<Likeness> why, int numbers) {}

    /** All that were found; never more than a page. */
    @Schema(name = "SimilarIncidentPage", requiredProperties = "items")
    public record SimilarPage(List<Similar> items, @Nullable String next) {}
}
