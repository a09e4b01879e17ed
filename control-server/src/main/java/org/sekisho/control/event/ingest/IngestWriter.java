package org.sekisho.control.event.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.sekisho.control.event.EventFeed;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.event.shape.EventShape;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.Incidents;

/**
 * Writes what many terminals have submitted, in one commit after the other: whatever arrived while one was under way
 * goes into the next. A terminal always has the same writer, so that its submissions stay in order. Its queue needs no
 * bound of its own: {@link Ingest} lets in only so many bytes.
 */
final class IngestWriter implements Runnable {
    private static final Logger LOG = Logger.getLogger(IngestWriter.class);
    /**
     * Large enough that the commit's cost is spread thin, small enough to be acknowledged within a fraction of a
     * second.
     */
    private static final int COMMIT_EVENTS = 16_000;

    private final Jdbi jdbi;
    private final ChainStore chains;
    private final EventPartitions partitions;
    private final Incidents incidents;
    private final EventFeed feed;
    private final List<EventTrace> traces;
    private final Clock clock;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final EventRows rows = new EventRows();
    private final EventShapes shapes = new EventShapes();

    IngestWriter(
            Jdbi jdbi,
            ChainStore chains,
            EventPartitions partitions,
            Incidents incidents,
            EventFeed feed,
            List<EventTrace> traces,
            Clock clock) {
        this.jdbi = jdbi;
        this.chains = chains;
        this.partitions = partitions;
        this.incidents = incidents;
        this.feed = feed;
        this.traces = traces;
        this.clock = clock;
    }

    /** What is to be written, and who waits for it. */
    record Pending(Submission submission, Ingest.Outcome outcome) {}

    void submit(Pending pending) {
        queue.add(pending);
    }

    @Override
    public void run() {
        try {
            while (true) {
                write(gather());
            }
        } catch (InterruptedException e) {
            // Stopped: what is still queued is not acknowledged, and will be sent again.
            Thread.currentThread().interrupt();
        }
    }

    private List<Pending> gather() throws InterruptedException {
        List<Pending> gathered = new ArrayList<>();
        Pending next = queue.take();
        int events = 0;
        while (next != null) {
            gathered.add(next);
            events += next.submission.events().size();
            Pending following = queue.peek();
            boolean fits =
                    following != null && events + following.submission.events().size() <= COMMIT_EVENTS;
            next = fits ? queue.poll() : null;
        }
        return gathered;
    }

    private void write(List<Pending> gathered) {
        Commit commit = new Commit();
        try {
            jdbi.useTransaction(handle -> commit.write(handle, gathered));
        } catch (Exception e) {
            LOG.errorf(e, "%d batches could not be written; their terminals will send them again", gathered.size());
            gathered.forEach(pending -> tell(pending, Ingest.Outcome::failed));
            return;
        }
        shapes.committed(commit.fresh);
        for (Pending pending : gathered) {
            if (commit.stale.contains(pending)) {
                tell(pending, Ingest.Outcome::stale);
            } else {
                tell(pending, outcome -> outcome.durable(pending.submission.ackSeq()));
            }
        }
        if (!commit.shown.isEmpty()) {
            feed.committed(commit.shown);
        }
    }

    /** One stream's trouble with its own line must not stop the others' events. */
    private static void tell(Pending pending, Consumer<Ingest.Outcome> what) {
        try {
            what.accept(pending.outcome);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Terminal %s could not be told what became of its events", pending.submission.terminal());
        }
    }

    /** One transaction. */
    private final class Commit {
        private final Set<Pending> stale = new HashSet<>();
        private final List<StoredEvent> shown = new ArrayList<>();
        private Map<Long, EventShape> fresh = Map.of();

        void write(Handle handle, List<Pending> gathered) throws SQLException {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<Submission> sound = placed(handle, gathered);
            Map<Object, Long> opened = openIncidents(handle, sound);
            copy(handle, sound, opened, now);
            for (Submission submission : sound) {
                if (!submission.breaks().isEmpty() || !submission.quarantined().isEmpty()) {
                    chains.insertBreaks(handle, submission.terminal(), submission.breaks(), now);
                    chains.quarantine(handle, submission.terminal(), submission.quarantined(), now);
                    chains.markBroken(handle, submission.terminal(), now);
                }
            }
        }

        /** Those that begin where their terminal's story stands; heads are moved to where they end. */
        private List<Submission> placed(Handle handle, List<Pending> gathered) {
            Set<String> terminals = new TreeSet<>();
            gathered.forEach(pending -> terminals.add(pending.submission.terminal()));
            Map<String, ChainPosition> heads = chains.lock(handle, terminals);
            Map<String, ChainPosition> moved = new HashMap<>();
            Map<String, Long> proven = new HashMap<>();
            List<Submission> sound = new ArrayList<>();
            for (Pending pending : gathered) {
                Submission submission = pending.submission;
                if (submission.from().equals(heads.get(submission.terminal()))) {
                    heads.put(submission.terminal(), submission.to());
                    moved.put(submission.terminal(), submission.to());
                    proven.merge(submission.terminal(), submission.provenSeq(), Math::max);
                    sound.add(submission);
                } else {
                    stale.add(pending);
                }
            }
            if (!moved.isEmpty()) {
                chains.move(handle, moved, proven);
            }
            return sound;
        }

        private Map<Object, Long> openIncidents(Handle handle, List<Submission> sound) {
            Map<Object, IncidentReport> merged = new LinkedHashMap<>();
            for (Submission submission : sound) {
                submission.reports().forEach(report -> merge(merged, report));
                for (VerifiedEvent event : submission.events()) {
                    if (event.report() != null) {
                        merge(merged, event.report());
                    }
                }
            }
            Map<Object, Long> opened = new HashMap<>();
            merged.forEach((key, report) -> {
                Long incident = incidents.open(handle, report);
                if (incident != null) {
                    opened.put(key, incident);
                }
            });
            return opened;
        }

        private static void merge(Map<Object, IncidentReport> merged, IncidentReport report) {
            merged.merge(report.key(), report, IncidentReport::and);
        }

        private void copy(Handle handle, List<Submission> sound, Map<Object, Long> opened, Instant now)
                throws SQLException {
            if (sound.stream().allMatch(submission -> submission.events().isEmpty())) {
                return;
            }
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            String table = partitions.ensure(today);
            fresh = shapes.fresh(today, sound);
            EventShapes.write(handle, today, fresh);
            long id = CommitNumbers.next(handle);
            boolean show = feed.isFollowed();
            Map<EventTrace, List<EventTrace.Written>> traced = new LinkedHashMap<>();
            CopyIn copy = handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " (" + EventRows.COLUMNS + ") FROM STDIN (FORMAT binary)");
            try {
                rows.begin();
                for (Submission submission : sound) {
                    for (VerifiedEvent event : submission.events()) {
                        Long incident = incidentOf(event, opened);
                        rows.add(copy, event, now, id, incident);
                        if (show) {
                            shown.add(new StoredEvent(id, now, event.branch(), incident, event.event()));
                        }
                        trace(traced, new EventTrace.Written(id, now, event.event()));
                        id++;
                    }
                }
                rows.end(copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            traced.forEach((trace, events) -> trace.written(handle, events));
        }

        private void trace(Map<EventTrace, List<EventTrace.Written>> traced, EventTrace.Written written) {
            for (EventTrace trace : traces) {
                if (trace.concerns(written.event())) {
                    traced.computeIfAbsent(trace, any -> new ArrayList<>()).add(written);
                }
            }
        }

        private static @Nullable Long incidentOf(VerifiedEvent event, Map<Object, Long> opened) {
            return event.report() == null ? null : opened.get(event.report().key());
        }
    }
}
