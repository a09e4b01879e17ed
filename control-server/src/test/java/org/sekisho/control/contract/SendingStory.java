package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What is sent to others. */
final class SendingStory {
    private final PublishedClient client;

    SendingStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::notifyOthers, this::mail, this::export);
    }

    private void notifyOthers() {
        JsonNode made = client.call(
                        "createNotificationSubscription",
                        NONE,
                        Map.of(
                                "name", "n" + UUID.randomUUID(),
                                "transport", "WEBHOOK",
                                "address", "https://localhost:1/hook",
                                "topics", List.of("INCIDENT_OVERDUE"),
                                "leastSeverity", "CRITICAL",
                                "language", "ja"))
                .json()
                .get("subscription");
        Map<String, JsonNode> id = Map.of("id", made.get("id"));
        client.call("updateNotificationSubscription", id, Map.of("enabled", false, "version", made.get("version")));
        client.call("listNotificationSubscriptions");
        client.call("deleteNotificationSubscription", id);
    }

    private void mail() {
        var before = client.api().get("/api/v1/mail-server");
        client.call(
                "setMailServer",
                NONE,
                Map.of(
                        "host", "localhost",
                        "port", 1,
                        "security", "TLS",
                        "sender", "sekisho@city.example",
                        "version",
                                before.status() == 404
                                        ? 0
                                        : before.json().get("version").asLong()));
        client.call("getMailServer");
        client.call("testMailServer", NONE, Map.of("address", "a@city.example"));
    }

    private void export() {
        JsonNode made = client.call(
                        "createExportDestination",
                        NONE,
                        Map.of(
                                "name", "e" + UUID.randomUUID(),
                                "transport", "SYSLOG",
                                "format", "PLAIN",
                                "address", "localhost:1"))
                .json()
                .get("destination");
        Map<String, JsonNode> id = Map.of("id", made.get("id"));
        client.call("updateExportDestination", id, Map.of("enabled", false, "version", made.get("version")));
        client.call("listExportDestinations");
        client.call("deleteExportDestination", id);
    }
}
