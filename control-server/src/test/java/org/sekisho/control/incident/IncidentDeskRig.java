package org.sekisho.control.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** A terminal of a bureau of its own, what it reports, and what responders do about it. */
abstract class IncidentDeskRig {
    @Inject
    Jdbi jdbi;

    final Api api = Api.administrator();
    final String bureau = "市民部" + UUID.randomUUID();
    final TestTerminal terminal = TestTerminal.enrolIn(api, bureau);
    final TestJournal journal = TestJournal.of(terminal);
    final String person = "person-" + UUID.randomUUID();

    long blocked(TestTerminal where, TestJournal story, String user) {
        return opened(where, story, TestJournal.paste(user, Verdict.BLOCK, Severity.MEDIUM));
    }

    long opened(TestTerminal where, TestJournal story, AttemptEvent attempt) {
        send(where, story, event -> event.setAttempt(attempt));
        return api.get("/api/v1/incidents?terminal=" + where.id())
                .json()
                .at("/items/0/id")
                .asLong();
    }

    static void send(
            TestTerminal where,
            TestJournal story,
            java.util.function.UnaryOperator<org.sekisho.v1.Event.Builder> body) {
        try (TestTerminal.Stream stream = where.connect(story)) {
            stream.events(List.of(story.add(body)));
            stream.awaitAck(story.head().seq());
        }
        story.acknowledged(story.head().seq());
    }

    static String path(long id) {
        return "/api/v1/incidents/" + id;
    }

    static JsonNode incident(Api who, long id) {
        return who.get(path(id)).json();
    }

    static JsonNode patch(Api who, long id, Map<String, Object> change) {
        Map<String, Object> whole = new java.util.HashMap<>(change);
        whole.put("version", incident(who, id).get("version").asLong());
        Answer answer = who.patch(path(id), whole);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    static List<Long> listed(Api who, String query) {
        return StreamSupport.stream(
                        who.get("/api/v1/incidents?" + query)
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .map(one -> one.get("id").asLong())
                .toList();
    }
}
