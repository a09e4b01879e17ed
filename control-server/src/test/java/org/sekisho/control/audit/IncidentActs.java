package org.sekisho.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestTerminal;

/** What is done about incidents, alarms and reports. */
final class IncidentActs {
    private final Api administrator;
    private final Jdbi jdbi;

    IncidentActs(Api administrator, Jdbi jdbi) {
        this.administrator = administrator;
        this.jdbi = jdbi;
    }

    /** By operation. */
    Map<String, Act> byOperation() {
        return Map.ofEntries(
                Map.entry("PATCH /api/v1/incidents/{id}", new Act("incident.update", this::closeIncident)),
                Map.entry(
                        "PUT /api/v1/incidents/{id}/report-clock", new Act("incident.report-clock", this::startClock)),
                Map.entry(
                        "PUT /api/v1/incidents/{id}/report-drafts/{stage}",
                        new Act("incident.report-draft", this::writeDraft)),
                Map.entry("PUT /api/v1/incidents/{id}/links/{other}", new Act("incident.link", this::linkIncidents)),
                Map.entry(
                        "DELETE /api/v1/incidents/{id}/links/{other}",
                        new Act(
                                "incident.unlink",
                                () -> administrator.delete(
                                        linkIncidents().response().uri().getPath()))),
                Map.entry("PUT /api/v1/incident-rules", new Act("incident-rules.update", this::setRules)),
                Map.entry(
                        "POST /api/v1/alarms/{id}/acknowledgement",
                        new Act("alarm.acknowledge", this::acknowledgeAlarm)),
                Map.entry("PUT /api/v1/alarm-settings", new Act("alarm-settings.update", this::setAlarms)),
                Map.entry("POST /api/v1/reports", new Act("report.order", this::orderReport)),
                Map.entry("POST /api/v1/reports/{id}/cancellation", new Act("report.cancel", this::cancelReport)));
    }

    private Answer closeIncident() {
        return administrator.patch(
                "/api/v1/incidents/" + incident(),
                Map.of("state", "CLOSED", "finding", Map.of("kind", "TECHNICAL", "text", "disk"), "version", 1));
    }

    private Answer startClock() {
        return administrator.put(
                "/api/v1/incidents/" + incident() + "/report-clock",
                Map.of("knownAt", "2026-01-01T00:00:00Z", "wrongful", false, "version", 1));
    }

    private Answer writeDraft() {
        return administrator.put(
                "/api/v1/incidents/" + incident() + "/report-drafts/FINAL",
                Map.of("items", List.of(Map.of("item", "PUBLICATION", "text", "none")), "version", 0));
    }

    private Answer linkIncidents() {
        return administrator.put("/api/v1/incidents/" + incident() + "/links/" + incident(), Map.of());
    }

    private Answer orderReport() {
        return administrator.post(
                "/api/v1/reports", Map.of("kind", "ENFORCEMENT", "from", "2026-01-01", "until", "2026-01-01"));
    }

    /** One that nobody makes: it is said to be under way elsewhere. */
    private Answer cancelReport() {
        long report = jdbi.withHandle(handle -> handle.createQuery(
                        "INSERT INTO report (kind, from_day, until_day, made_by, made_at, state, progress_at)"
                                + " VALUES ('ENFORCEMENT', '2026-01-01', '2026-01-01', 'x', now(), 'RUNNING', now()) RETURNING id")
                .mapTo(Long.class)
                .one());
        return administrator.post("/api/v1/reports/" + report + "/cancellation", Map.of());
    }

    private Answer acknowledgeAlarm() {
        String terminal = TestTerminal.enrol(administrator).id();
        long alarm = jdbi.withHandle(
                handle -> handle.createQuery("INSERT INTO alarm (terminal, kind, amount, since, raised_at)"
                                + " VALUES (:terminal, 'RECORD_LOST', 1, now(), now()) RETURNING id")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .one());
        return administrator.post(
                "/api/v1/alarms/" + alarm + "/acknowledgement", Map.of("note", "coverage", "version", 1));
    }

    private Answer setAlarms() {
        return administrator.put(
                "/api/v1/alarm-settings",
                administrator.get("/api/v1/alarm-settings").json());
    }

    private Answer setRules() {
        JsonNode rules = administrator.get("/api/v1/incident-rules").json();
        return administrator.put(
                "/api/v1/incident-rules",
                Map.of("rules", rules.get("rules"), "version", rules.get("version"), "reason", "coverage"));
    }

    private long incident() {
        String terminal = TestTerminal.enrol(administrator).id();
        return jdbi.withHandle(
                handle -> handle.createQuery("INSERT INTO incident (kind, severity, terminal, count, first_at, last_at)"
                                + " VALUES ('CHAIN_GAP', 1, :terminal, 1, now(), now()) RETURNING id")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .one());
    }
}
