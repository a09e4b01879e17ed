package org.sekisho.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;

/** What is done about what is sent to others, and what is looked for. */
final class SendingActs {
    private final Api administrator;

    SendingActs(Api administrator) {
        this.administrator = administrator;
    }

    /** By operation. */
    Map<String, Act> byOperation() {
        return Map.ofEntries(
                Map.entry("POST /api/v1/notification-subscriptions", new Act("notification.create", this::subscribe)),
                Map.entry(
                        "PATCH /api/v1/notification-subscriptions/{id}",
                        new Act("notification.update", this::pauseSubscription)),
                Map.entry(
                        "DELETE /api/v1/notification-subscriptions/{id}",
                        new Act("notification.delete", this::unsubscribe)),
                Map.entry("PUT /api/v1/mail-server", new Act("mail-server.update", this::setMailServer)),
                Map.entry("POST /api/v1/mail-server/test", new Act("mail-server.test", this::testMailServer)),
                Map.entry("POST /api/v1/export-destinations", new Act("export.create", this::export)),
                Map.entry("PATCH /api/v1/export-destinations/{id}", new Act("export.update", this::pauseExport)),
                Map.entry("DELETE /api/v1/export-destinations/{id}", new Act("export.delete", this::deleteExport)),
                Map.entry("POST /api/v1/saved-searches", new Act("saved-search.create", this::saveSearch)),
                Map.entry("DELETE /api/v1/saved-searches/{id}", new Act("saved-search.delete", this::deleteSearch)));
    }

    private Answer subscribe() {
        return administrator.post(
                "/api/v1/notification-subscriptions",
                Map.of(
                        "name", "n" + UUID.randomUUID(),
                        "transport", "WEBHOOK",
                        "address", "https://localhost:1/hook",
                        "topics", List.of("INCIDENT_OVERDUE"),
                        "leastSeverity", "CRITICAL",
                        "language", "ja"));
    }

    private Answer pauseSubscription() {
        JsonNode made = subscribe().json().get("subscription");
        return administrator.patch(
                "/api/v1/notification-subscriptions/" + made.get("id").asText(),
                Map.of("enabled", false, "version", made.get("version").asLong()));
    }

    private Answer unsubscribe() {
        return administrator.delete("/api/v1/notification-subscriptions/"
                + subscribe().json().at("/subscription/id").asText());
    }

    private Answer setMailServer() {
        Answer before = administrator.get("/api/v1/mail-server");
        return administrator.put(
                "/api/v1/mail-server",
                Map.of(
                        "host", "localhost",
                        "port", 1,
                        "security", "TLS",
                        "sender", "sekisho@city.example",
                        "version",
                                before.status() == 404
                                        ? 0
                                        : before.json().get("version").asLong()));
    }

    private Answer testMailServer() {
        setMailServer();
        return administrator.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"));
    }

    private Answer export() {
        return administrator.post(
                "/api/v1/export-destinations",
                Map.of(
                        "name", "e" + UUID.randomUUID(),
                        "transport", "SYSLOG",
                        "format", "PLAIN",
                        "address", "localhost:1"));
    }

    private Answer pauseExport() {
        JsonNode made = export().json().get("destination");
        return administrator.patch(
                "/api/v1/export-destinations/" + made.get("id").asText(),
                Map.of("enabled", false, "version", made.get("version").asLong()));
    }

    private Answer deleteExport() {
        return administrator.delete("/api/v1/export-destinations/"
                + export().json().at("/destination/id").asText());
    }

    private Answer saveSearch() {
        return administrator.post(
                "/api/v1/saved-searches", Map.of("name", "s" + UUID.randomUUID(), "query", "verdict=BLOCK"));
    }

    private Answer deleteSearch() {
        return administrator.delete(
                "/api/v1/saved-searches/" + saveSearch().json().get("id").asText());
    }
}
