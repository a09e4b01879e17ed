package org.sekisho.control.evidence;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.evidence.EvidenceWriter;
import org.sekisho.evidence.PackManifest.OwnEvent;
import org.sekisho.v1.Event;

/** Reads an incident's events with as much of the chain around them as proves them, and writes it to the pack. Thread-safe. */
@Singleton
class CaseChain {
    /** Two thousand screens; what is beyond is counted in the manifest. */
    private static final int MOST = 20_000;
    /** Shown in the report for people. */
    private static final int SHOWN = 200;

    private static final int FETCH = 500;
    private static final byte[] GENESIS = new byte[32];

    private final Jdbi jdbi;

    @Inject
    CaseChain(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * An incident's own events.
     *
     * @param omitted how many more there are
     * @param shown the first of them, with what they say
     * @param revisions of the policies that decided them
     */
    record OwnEvents(List<OwnEvent> events, long omitted, List<StoredEvent> shown, Set<Long> revisions) {}

    /**
     * What was written.
     *
     * @param keys names of the keys that signed its checkpoints
     * @param runs for people
     */
    record Written(Set<ByteString> keys, List<Run> runs) {}

    /** A run of events; checkpoints that were met in it. */
    record Run(String terminal, int branch, long first, long last, List<Long> checkpoints) {}

    OwnEvents ownEvents(long incident) {
        // A transaction, because only then the driver fetches in parts.
        return jdbi.inTransaction(handle -> {
            List<OwnEvent> events = new ArrayList<>();
            List<StoredEvent> shown = new ArrayList<>();
            Set<Long> revisions = new TreeSet<>();
            long omitted = 0;
            try (ResultIterator<Found> all = handle.createQuery("""
                            SELECT id, received_at, branch, incident, terminal, seq, hash, body FROM event WHERE incident = :id
                            ORDER BY terminal, branch, seq""")
                    .bind("id", incident)
                    .setFetchSize(FETCH)
                    .map((row, context) -> new Found(
                            new OwnEvent(
                                    row.getString("terminal"),
                                    row.getInt("branch"),
                                    row.getLong("seq"),
                                    HexFormat.of().formatHex(row.getBytes("hash"))),
                            StoredEvent.of(row)))
                    .iterator()) {
                while (all.hasNext()) {
                    Found found = all.next();
                    if (events.size() == MOST) {
                        omitted++;
                        continue;
                    }
                    events.add(found.own());
                    if (shown.size() < SHOWN) {
                        shown.add(found.stored());
                    }
                    if (found.stored().event().hasAttempt()) {
                        revisions.add(found.stored()
                                .event()
                                .getAttempt()
                                .getDecision()
                                .getRevision());
                    }
                }
            }
            return new OwnEvents(events, omitted, shown, revisions);
        });
    }

    private record Found(OwnEvent own, StoredEvent stored) {}

    /** Writes the runs that cover these events: each from the checkpoint before to the checkpoint after. */
    Written write(OwnEvents own, EvidenceWriter pack) throws IOException {
        Set<ByteString> keys = new LinkedHashSet<>();
        List<Run> runs = new ArrayList<>();
        try (Handle handle = jdbi.open()) {
            handle.begin();
            Span open = null;
            for (OwnEvent event : own.events()) {
                if (open != null && open.covers(event)) {
                    continue;
                }
                Span next = span(handle, event);
                if (open != null && open.touches(next)) {
                    open = open.through(next.last());
                    continue;
                }
                if (open != null) {
                    write(handle, open, pack, keys, runs);
                }
                open = next;
            }
            if (open != null) {
                write(handle, open, pack, keys, runs);
            }
            handle.commit();
        }
        return new Written(keys, runs);
    }

    private record Span(String terminal, int branch, long first, long last) {
        boolean covers(OwnEvent event) {
            return same(event.terminal(), event.branch()) && event.seq() <= last;
        }

        boolean touches(Span next) {
            return same(next.terminal, next.branch) && next.first <= last;
        }

        Span through(long end) {
            return new Span(terminal, branch, first, Math.max(last, end));
        }

        private boolean same(String otherTerminal, int otherBranch) {
            return terminal.equals(otherTerminal) && branch == otherBranch;
        }
    }

    private static Span span(Handle handle, OwnEvent event) {
        long first = edge(handle, event, "seq < :seq AND kind = :checkpoint ORDER BY seq DESC")
                .or(() -> edge(handle, event, "seq <= :seq ORDER BY seq"))
                .orElse(event.seq());
        long last = edge(handle, event, "seq > :seq AND kind = :checkpoint ORDER BY seq")
                .or(() -> edge(handle, event, "seq >= :seq ORDER BY seq DESC"))
                .orElse(event.seq());
        return new Span(event.terminal(), event.branch(), first, last);
    }

    private static Optional<Long> edge(Handle handle, OwnEvent event, String where) {
        return handle.createQuery("SELECT seq FROM event WHERE terminal = :terminal AND branch = :branch AND " + where
                        + " LIMIT 1")
                .bind("terminal", event.terminal())
                .bind("branch", event.branch())
                .bind("seq", event.seq())
                .bind("checkpoint", Event.CHECKPOINT_FIELD_NUMBER)
                .mapTo(Long.class)
                .findOne();
    }

    /** One file, or where events are missing several. */
    private static void write(Handle handle, Span span, EvidenceWriter pack, Set<ByteString> keys, List<Run> runs)
            throws IOException {
        try (ResultIterator<Link> links = handle.createQuery("""
                        SELECT seq, kind, hash, body FROM event
                        WHERE terminal = :terminal AND branch = :branch AND seq BETWEEN :first AND :last ORDER BY seq""")
                .bind("terminal", span.terminal())
                .bind("branch", span.branch())
                .bind("first", span.first())
                .bind("last", span.last())
                .setFetchSize(FETCH)
                .map((row, context) -> new Link(
                        row.getLong("seq"),
                        row.getInt("kind") == Event.CHECKPOINT_FIELD_NUMBER,
                        row.getBytes("hash"),
                        ByteString.copyFrom(row.getBytes("body"))))
                .iterator()) {
            long first = 0;
            long last = 0;
            List<Long> checkpoints = new ArrayList<>();
            while (links.hasNext()) {
                Link link = links.next();
                if (first == 0 || link.seq() != last + 1) {
                    if (first != 0) {
                        pack.endChain();
                        runs.add(new Run(span.terminal(), span.branch(), first, last, List.copyOf(checkpoints)));
                        checkpoints.clear();
                    }
                    first = link.seq();
                    pack.beginChain(span.terminal(), span.branch(), first, prevHash(handle, span, link));
                }
                pack.chain(link.seq(), link.body(), link.hash());
                if (link.isCheckpoint()) {
                    keys.add(event(link).getCheckpoint().getPublicKeySha256());
                    checkpoints.add(link.seq());
                }
                last = link.seq();
            }
            if (first != 0) {
                pack.endChain();
                runs.add(new Run(span.terminal(), span.branch(), first, last, List.copyOf(checkpoints)));
            }
        }
    }

    private record Link(long seq, boolean isCheckpoint, byte[] hash, ByteString body) {}

    /** The hash that the run's first event builds on. */
    private static byte[] prevHash(Handle handle, Span span, Link first) {
        if (first.seq() == 1) {
            return GENESIS;
        }
        if (first.isCheckpoint()) {
            return event(first).getCheckpoint().getChainHash().toByteArray();
        }
        return handle.createQuery("""
                        SELECT hash FROM (
                            SELECT found_prev_hash AS hash, 0 AS nearness FROM chain_break
                            WHERE terminal = :terminal AND branch = :branch AND seq = :seq
                            UNION ALL
                            SELECT hash, 1 + :branch - branch FROM event
                            WHERE terminal = :terminal AND branch <= :branch AND seq = :seq - 1) known
                        ORDER BY nearness LIMIT 1""")
                .bind("terminal", span.terminal())
                .bind("branch", span.branch())
                .bind("seq", first.seq())
                .mapTo(byte[].class)
                .one();
    }

    private static Event event(Link link) {
        try {
            return Event.parseFrom(link.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored event cannot be read", e);
        }
    }
}
