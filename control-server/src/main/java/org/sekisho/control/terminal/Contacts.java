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
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Blobs;
import org.sekisho.control.store.Times;
import org.sekisho.v1.ChannelState;
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
            @Nullable Status status,
            @Nullable Long clockSkew) {}

    /** Which of the replicas this is. */
    public UUID replica() {
        return replica;
    }

    /** The terminal has a stream here, and told its state. */
    public void connected(String terminal, long revision, String agentVersion, Status status) {
        put(
                terminal,
                old -> new Contact(clock.instant(), true, revision, old.backlog, agentVersion, status, old.clockSkew));
    }

    /**
     * A heartbeat.
     *
     * @param wallClockMicros the terminal's clock, in microseconds since the epoch; 0: it doesn't tell
     */
    public void heard(String terminal, long revision, long backlog, long wallClockMicros) {
        Instant now = clock.instant();
        Long skew = wallClockMicros == 0 ? null : wallClockMicros / 1_000 - now.toEpochMilli();
        put(terminal, old -> new Contact(now, true, revision, backlog, old.agentVersion, old.status, skew));
    }

    /** Its channels or its inventory changed. */
    public void status(String terminal, Status status) {
        put(
                terminal,
                old -> new Contact(
                        clock.instant(), true, old.revision, old.backlog, old.agentVersion, status, old.clockSkew));
    }

    /** It runs this revision now. */
    public void runs(String terminal, long revision) {
        put(
                terminal,
                old -> new Contact(
                        clock.instant(), true, revision, old.backlog, old.agentVersion, old.status, old.clockSkew));
    }

    /** Its stream here has ended. */
    public void left(String terminal) {
        put(
                terminal,
                old -> new Contact(
                        clock.instant(),
                        false,
                        old.revision,
                        old.backlog,
                        old.agentVersion,
                        old.status,
                        old.clockSkew));
    }

    private void put(String terminal, Function<Contact, Contact> change) {
        Contact none = new Contact(Instant.EPOCH, true, null, null, null, null, null);
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
        jdbi.useTransaction(handle -> {
            update(handle, contacts, statuses);
            ChannelHistory.write(
                    handle,
                    contacts.stream()
                            .filter(contact -> contact.getValue().status != null)
                            .collect(Collectors.toMap(Map.Entry::getKey, contact -> channels(contact.getValue()))),
                    clock.instant());
        });
    }

    private static List<ChannelState> channels(Contact contact) {
        return contact.status == null ? List.of() : contact.status.getChannelsList();
    }

    private void update(Handle handle, List<Map.Entry<String, Contact>> contacts, List<byte @Nullable []> statuses) {
        handle.createUpdate("""
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
                            isolated = coalesce(n.isolated, t.isolated),
                            clock_skew = coalesce(n.clock_skew, t.clock_skew),
                            clock_at = CASE WHEN n.clock_skew IS NULL THEN t.clock_at ELSE n.at END
                        FROM unnest(:ids, :ats, :connected, :revisions, :backlogs, :versions, :statuses, :users, :oses, :failures,
                                    :isolations, :skews)
                             AS n (id, at, connected, revision, backlog, agent_version, status, user_name, os, failed, isolated,
                                   clock_skew)
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
                .bindArray("skews", Long.class, column(contacts, c -> c.getValue().clockSkew))
                .execute();
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
