package org.sekisho.control.event.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.event.DayTable;

/**
 * The days of the event table (UTC): made ahead of time, and dropped as a whole when they are older than events are
 * kept. What is dropped goes to the audit log. Thread-safe, and safe with other replicas.
 */
@Singleton
public class EventPartitions {
    private static final Logger LOG = Logger.getLogger(EventPartitions.class);
    /** A week: whoever stops the job for a long weekend loses nothing. */
    private static final int DAYS_AHEAD = 7;
    /** "SEKISHOP" as a number: one replica at a time changes partitions. */
    private static final long LOCK = 0x53454B4953484F50L;

    private static final String SHAPES = "event_shape_";

    private final Jdbi jdbi;
    private final Clock clock;
    private final AuditLog audit;
    private final ServerSettings settings;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    @Inject
    EventPartitions(Jdbi jdbi, Clock clock, AuditLog audit, ServerSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.audit = audit;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        ahead();
    }

    /** Makes the coming days' partitions. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ahead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int day = 0; day <= DAYS_AHEAD; day++) {
            ensure(today.plusDays(day));
        }
    }

    /** The table of this day, made if it isn't there yet. */
    String ensure(LocalDate day) {
        String table = DayTable.of(day);
        if (!known.contains(day)) {
            jdbi.useTransaction(handle -> {
                lock(handle);
                // The names are made of digits only.
                handle.execute("CREATE TABLE IF NOT EXISTS " + shapes(day)
                        + " PARTITION OF event_shape FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')");
                handle.execute("CREATE TABLE IF NOT EXISTS " + table + " PARTITION OF event FOR VALUES FROM ('" + day
                        + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
            });
            known.add(day);
        }
        return table;
    }

    /** At night, when nobody searches. */
    @Scheduled(cron = "0 20 2 * * ?", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        dropOld();
    }

    /** Drops the days that are older than events are kept; answers how many. */
    public int dropOld() {
        LocalDate oldest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .minus(Period.ofDays(Math.toIntExact(settings.eventRetention().toDays())));
        List<LocalDate> old = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'event'::regclass ORDER BY c.relname""").mapTo(String.class).stream()
                .flatMap(name -> DayTable.day(name).stream())
                .filter(day -> day.isBefore(oldest))
                .toList());
        old.forEach(this::drop);
        return old.size();
    }

    private void drop(LocalDate day) {
        String table = DayTable.of(day);
        QuarkusTransaction.requiringNew().run(() -> {
            long events = jdbi.withHandle(handle -> {
                lock(handle);
                long count = handle.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Long.class)
                        .one();
                handle.execute("DROP TABLE " + table);
                handle.execute("DROP TABLE IF EXISTS " + shapes(day));
                return count;
            });
            audit.recordAs(AuditLog.NOBODY, "events.expire", table, Map.of("events", String.valueOf(events)));
            LOG.infof("Dropped %s with %d events: older than they are kept", table, events);
        });
        known.remove(day);
    }

    private static String shapes(LocalDate day) {
        return SHAPES + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private static void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
    }
}
