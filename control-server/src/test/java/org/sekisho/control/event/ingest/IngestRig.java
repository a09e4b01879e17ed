package org.sekisho.control.event.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;

/** A terminal with its journal, and what the server made of it. */
abstract class IngestRig {
    @Inject
    Jdbi jdbi;

    final Api api = Api.administrator();
    final TestTerminal terminal = TestTerminal.enrol(api);
    final TestJournal journal = TestJournal.of(terminal);

    JsonNode get() {
        return api.get("/api/v1/terminals/" + terminal.id()).json();
    }

    List<String> incidents() {
        return StreamSupport.stream(
                        api.get("/api/v1/incidents?terminal=" + terminal.id())
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .map(incident -> incident.get("kind").asText())
                .toList();
    }

    List<Long> stored() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT seq FROM event WHERE terminal = :id ORDER BY branch, seq")
                        .bind("id", terminal.id())
                        .mapTo(Long.class)
                        .list());
    }

    List<Long> storedOn(int branch) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT seq FROM event WHERE terminal = :id AND branch = :branch ORDER BY seq")
                .bind("id", terminal.id())
                .bind("branch", branch)
                .mapTo(Long.class)
                .list());
    }

    int quarantined() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM event_quarantine WHERE terminal = :id")
                        .bind("id", terminal.id())
                        .mapTo(Integer.class)
                        .one());
    }
}
