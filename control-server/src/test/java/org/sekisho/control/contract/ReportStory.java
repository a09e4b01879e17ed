package org.sekisho.control.contract;

import static org.awaitility.Awaitility.await;
import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.function.Executable;

/** Reports, ordered, made and taken away. */
final class ReportStory {
    private final PublishedClient client;
    private final Jdbi jdbi;

    ReportStory(PublishedClient client, Jdbi jdbi) {
        this.client = client;
        this.jdbi = jdbi;
    }

    Stream<Executable> parts() {
        return Stream.of(this::order, this::cancel);
    }

    private void order() {
        String today = LocalDate.now(ZoneId.of("Asia/Tokyo")).toString();
        JsonNode ordered = client.call(
                        "orderReport", NONE, Map.of("kind", "SELF_INSPECTION", "from", today, "until", today))
                .json();
        Map<String, JsonNode> id = Map.of("id", ordered.get("id"));
        await().until(() ->
                client.call("getReport", id).json().get("state").asText().equals("DONE"));
        client.call("listReports");
        client.call("downloadReport", id);
        client.call("downloadReport", Map.of("id", ordered.get("id"), "format", "csv"));
    }

    /** One that nobody makes: it is said to be under way elsewhere. */
    private void cancel() {
        long report = jdbi.withHandle(handle -> handle.createQuery(
                        "INSERT INTO report (kind, from_day, until_day, made_by, made_at, state, progress_at)"
                                + " VALUES ('ENFORCEMENT', '2026-01-01', '2026-01-01', 'x', now(), 'RUNNING', now()) RETURNING id")
                .mapTo(Long.class)
                .one());
        client.call("cancelReport", Map.of("id", report));
    }
}
