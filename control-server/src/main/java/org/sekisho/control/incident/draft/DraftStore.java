package org.sekisho.control.incident.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Times;

/** What people wrote into drafts. Thread-safe; joins the caller's transaction. */
@Singleton
class DraftStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Written NOTHING = new Written(Map.of(), 0, null, null);

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    DraftStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What was written.
     *
     * @param version 0: nothing ever
     */
    record Written(
            Map<ReportItem, String> items,
            long version,
            @Nullable String by,
            @Nullable Instant at) {}

    Written find(long incident, ReportStage stage) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT * FROM incident_report_draft WHERE incident = :incident AND stage = :stage")
                        .bind("incident", incident)
                        .bind("stage", stage.name())
                        .map((row, context) -> new Written(
                                read(row.getString("written")),
                                row.getLong("version"),
                                row.getString("by"),
                                Times.instant(row, "at")))
                        .findOne())
                .orElse(NOTHING);
    }

    /** Replaces it; 409 if somebody else was faster. */
    void replace(long incident, ReportStage stage, Map<ReportItem, String> items, long seen, String operator) {
        int changed = jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO incident_report_draft (incident, stage, written, version, by, at)
                        SELECT :incident, :stage, :written, 1, :by, :at
                        WHERE :seen = 0 OR EXISTS (SELECT 1 FROM incident_report_draft WHERE incident = :incident AND stage = :stage)
                        ON CONFLICT (incident, stage) DO UPDATE SET written = excluded.written, by = excluded.by, at = excluded.at,
                               version = incident_report_draft.version + 1
                        WHERE incident_report_draft.version = :seen""")
                .bind("incident", incident)
                .bind("stage", stage.name())
                .bind("written", write(items))
                .bind("by", operator)
                .bind("at", Times.sql(clock.instant()))
                .bind("seen", seen)
                .execute());
        if (changed == 0) {
            throw ProblemException.stale("The draft has changed since version " + seen + "; load it again and repeat");
        }
    }

    private static Map<ReportItem, String> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored report draft cannot be read", e);
        }
    }

    private static String write(Map<ReportItem, String> items) {
        try {
            return JSON.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report draft is always JSON", e);
        }
    }
}
