package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.testing.TestTerminal;

/** Alarms about terminals. */
final class AlarmStory {
    private final PublishedClient client;
    private final Jdbi jdbi;

    AlarmStory(PublishedClient client, Jdbi jdbi) {
        this.client = client;
        this.jdbi = jdbi;
    }

    Stream<Executable> parts() {
        return Stream.of(this::look, this::set, this::follow);
    }

    private void look() {
        Map<String, Long> id = Map.of("id", raised());
        client.call("getAlarm", id);
        client.call("listAlarms");
        client.call("countAlarms");
        acknowledge();
    }

    private void set() {
        client.call("setAlarmSettings", NONE, client.call("getAlarmSettings").json());
    }

    private void follow() {
        client.follow("streamAlarms", this::acknowledge);
    }

    private void acknowledge() {
        client.call("acknowledgeAlarm", Map.of("id", raised()), Map.of("note", "seen", "version", 1));
    }

    private long raised() {
        String terminal = TestTerminal.enrolIn(client.api(), "総務部/税務課").id();
        return jdbi.withHandle(
                handle -> handle.createQuery("INSERT INTO alarm (terminal, kind, amount, since, raised_at)"
                                + " VALUES (:terminal, 'RECORD_LOST', 1, now(), now()) RETURNING id")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .one());
    }
}
