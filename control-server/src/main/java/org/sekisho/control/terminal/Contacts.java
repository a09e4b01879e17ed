package org.sekisho.control.terminal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Blobs;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Status;

/**
 * What terminals last said of themselves. Gathered in memory, one entry a terminal, and written once a second in one
 * statement: ten thousand heartbeats cost one update. What is lost when the server dies is said again at the next
 * heartbeat. Thread-safe.
 */
@Singleton
public class Contacts {
    private final Jdbi jdbi;
    private final Clock clock;
    private final UUID replica = UUID.randomUUID();
    private final Map<String, Contact> news = new ConcurrentHashMap<>();

    @Inject
    Contacts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Contact(
            Instant at,
            boolean connected,
            @Nullable Long revision,
            @Nullable Long backlog,
            @Nullable String agentVersion,
            @Nullable Status status) {}

    /** Which of the replicas this is. */
    public UUID replica() {
        return replica;
    }

    /** The terminal has a stream here, and told its state. */
    public void connected(String terminal, long revision, String agentVersion, Status status) {
        put(terminal, old -> new Contact(clock.instant(), true, revision, old.backlog, agentVersion, status));
    }

    /** A heartbeat. */
    public void heard(String terminal, long revision, long backlog) {
        put(terminal, old -> new Contact(clock.instant(), true, revision, backlog, old.agentVersion, old.status));
    }

    /** Its channels or its inventory changed. */
    public void status(String terminal, Status status) {
        put(terminal, old -> new Contact(clock.instant(), true, old.revision, old.backlog, old.agentVersion, status));
    }

    /** It runs this revision now. */
    public void runs(String terminal, long revision) {
        put(terminal, old -> new Contact(clock.instant(), true, revision, old.backlog, old.agentVersion, old.status));
    }

    /** Its stream here has ended. */
    public void left(String terminal) {
        put(
                terminal,
                old -> new Contact(clock.instant(), false, old.revision, old.backlog, old.agentVersion, old.status));
    }

    private void put(String terminal, Function<Contact, Contact> change) {
        Contact none = new Contact(Instant.EPOCH, true, null, null, null, null);
        news.compute(terminal, (id, old) -> change.apply(old == null ? none : old));
    }

    /** Writes what has been heard since the last time. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void write() {
        Map<String, Contact> taken = new java.util.HashMap<>();
        for (String terminal : List.copyOf(news.keySet())) {
            Contact contact = news.remove(terminal);
            if (contact != null) {
                taken.put(terminal, contact);
            }
        }
        if (!taken.isEmpty()) {
            write(List.copyOf(taken.entrySet()));
        }
    }

    /** The last word: these terminals are connected here no more. */
    void stop(@Observes @Priority(Integer.MAX_VALUE - 50) ShutdownEvent event) {
        write();
    }

    private void write(List<Map.Entry<String, Contact>> contacts) {
        List<byte @Nullable []> statuses = new ArrayList<>();
        contacts.forEach(contact -> statuses.add(
                contact.getValue().status == null
                        ? null
                        : contact.getValue().status.toByteArray()));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE terminal t SET
                            last_contact_at = greatest(t.last_contact_at, n.at),
                            replica = CASE WHEN n.connected THEN :replica WHEN t.replica = :replica THEN NULL ELSE t.replica END,
                            running_revision = coalesce(n.revision, t.running_revision),
                            backlog = coalesce(n.backlog, t.backlog),
                            agent_version = coalesce(n.agent_version, t.agent_version),
                            status = coalesce(n.status, t.status),
                            user_name = coalesce(n.user_name, t.user_name),
                            os = coalesce(n.os, t.os),
                            failed = coalesce(n.failed, t.failed),
                            isolated = coalesce(n.isolated, t.isolated)
                        FROM unnest(:ids, :ats, :connected, :revisions, :backlogs, :versions, :statuses, :users, :oses, :failures, :isolations)
                             AS n (id, at, connected, revision, backlog, agent_version, status, user_name, os, failed, isolated)
                        WHERE t.id = n.id""")
                .bind("replica", replica)
                .bindArray("ids", String.class, column(contacts, Map.Entry::getKey))
                .bindArray("ats", java.time.OffsetDateTime.class, column(contacts, c -> Times.sql(c.getValue().at)))
                .bindArray("connected", Boolean.class, column(contacts, c -> c.getValue().connected))
                .bindArray("revisions", Long.class, column(contacts, c -> c.getValue().revision))
                .bindArray("backlogs", Long.class, column(contacts, c -> c.getValue().backlog))
                .bindArray("versions", String.class, column(contacts, c -> c.getValue().agentVersion))
                .bind("statuses", Blobs.array(statuses))
                .bindArray("users", String.class, column(contacts, c -> of(c, StatusColumns::user)))
                .bindArray("oses", String.class, column(contacts, c -> of(c, StatusColumns::os)))
                .bindArray("failures", Boolean.class, column(contacts, c -> of(c, StatusColumns::failed)))
                .bindArray("isolations", Boolean.class, column(contacts, c -> of(c, StatusColumns::isolated)))
                .execute());
    }

    private static <V> @Nullable V of(Map.Entry<String, Contact> contact, Function<Status, V> column) {
        Status status = contact.getValue().status;
        return status == null ? null : column.apply(status);
    }

    private static Object[] column(
            List<Map.Entry<String, Contact>> contacts, Function<Map.Entry<String, Contact>, @Nullable Object> value) {
        return contacts.stream().map(value).toArray();
    }
}
