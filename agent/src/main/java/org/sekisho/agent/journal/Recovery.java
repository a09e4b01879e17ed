package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.Event;
import org.sekisho.v1.Tampered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, when a journal is opened, whether the store may be trusted, and makes a new one if not.
 *
 * <p>The store is trusted if every event in it is whole and linked and its chain passes through the floor of the head file.
 * Otherwise it is put aside, and a new store goes on behind the floor. Events that the server has not acknowledged and that
 * are still whole are carried over: sealed bytes and hashes are taken as they are, so nobody needs to trust this code.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /**
     * What to go on with.
     *
     * @param toRecord first of all, in this order
     * @param lastMicros wall clock of the last event; 0: none
     */
    record Outcome(
            ChainHead head, StoreState state, List<Event.Builder> toRecord, long lastMicros, JournalOpening opening) {}

    private final StoreFiles files;
    private final JournalSetup setup;
    private final HeadFile.Found found;
    private @Nullable ChainHead atFloor;

    Recovery(StoreFiles files, JournalSetup setup, HeadFile.Found found) {
        this.files = files;
        this.setup = setup;
        this.found = found;
    }

    Outcome run(Links links) throws SQLException, IOException {
        if (!Files.exists(files.store()) || Files.size(files.store()) == 0) {
            return found instanceof HeadFile.Found.Nothing
                    ? fresh()
                    : replace(links, null, null, "the store is missing, though the head file knows of events");
        }
        StoreScan.Result scan = scan();
        if (scan.state() != null && !scan.terminal().equals(setup.terminal())) {
            throw new JournalException("the journal in " + files.folder() + " belongs to terminal " + scan.terminal()
                    + ", this is " + setup.terminal() + "; move the folder away, as evidence, and start again");
        }
        String wrong = wrong(scan);
        if (wrong != null || scan.state() == null) {
            return replace(links, scan, files.putAside(now()), wrong == null ? "the state can't be read" : wrong);
        }
        return goOn(scan, scan.state());
    }

    /** For a store that reads well, but that SQLite then refuses to write. */
    Outcome distrust(Links links, SQLException refusal) throws SQLException, IOException {
        StoreScan.Result scan = scan();
        return replace(links, scan, files.putAside(now()), "SQLite can't write it, error " + refusal.getErrorCode());
    }

    private StoreScan.Result scan() {
        HeadFile.Floor floor = floor();
        long floorSeq = floor == null ? -1 : floor.head().seq();
        atFloor = null;
        StoreScan.Result scan = StoreScan.scan(files.store(), setup.key(), (before, event) -> {
            remember(before, floorSeq);
            return null;
        });
        remember(scan.head(), floorSeq);
        return scan;
    }

    private HeadFile.@Nullable Floor floor() {
        return found instanceof HeadFile.Found.Kept kept ? kept.floor() : null;
    }

    private void remember(ChainHead head, long floorSeq) {
        if (head.seq() == floorSeq) {
            atFloor = head;
        }
    }

    private @Nullable String wrong(StoreScan.Result scan) {
        HeadFile.Floor floor = floor();
        StoreScan.Finding broken = scan.broken();
        if (broken != null) {
            return "event " + broken.seq() + ": " + broken.flaw() + ", " + broken.detail();
        }
        if (floor == null) {
            return null;
        }
        if (scan.head().seq() < floor.head().seq()) {
            return "the store ends at event " + scan.head().seq() + ", but event "
                    + floor.head().seq() + " was written: an older copy was put in its place, or its end was cut off";
        }
        // Below the first event that is still kept, there is nothing to compare.
        if (floor.head().seq() >= scan.before().seq() && !floor.head().equals(atFloor)) {
            return "event " + floor.head().seq()
                    + " is not the one that was written: another store was put in its place";
        }
        return null;
    }

    private Outcome fresh() throws SQLException, IOException {
        make(StoreState.NEW, List.of(), null);
        return new Outcome(
                ChainHead.GENESIS,
                StoreState.NEW,
                List.of(),
                0,
                new JournalOpening(false, Optional.empty(), Optional.empty()));
    }

    private Outcome goOn(StoreScan.Result scan, StoreState state) {
        List<Event.Builder> toRecord = new ArrayList<>();
        Optional<String> damage = Optional.empty();
        if (!(found instanceof HeadFile.Found.Kept) && scan.head().seq() > 0) {
            damage = Optional.of("the head file is missing or was changed; it is written anew");
            toRecord.add(tampered("journal head", damage.get()));
        }
        return new Outcome(
                scan.head(),
                state,
                toRecord,
                scan.lastMicros(),
                new JournalOpening(!state.closed(), damage, Optional.empty()));
    }

    private Outcome replace(Links links, StoreScan.@Nullable Result scan, @Nullable Path aside, String wrong)
            throws SQLException, IOException {
        LOG.error("the journal in {} can't be trusted: {}; going on with a new one", files.folder(), wrong);
        HeadFile.Floor floor = floor();
        ChainHead end = scan == null ? ChainHead.GENESIS : scan.head();
        boolean diverged = scan != null
                && scan.broken() == null
                && floor != null
                && end.seq() >= floor.head().seq()
                && !floor.head().equals(atFloor);
        StoreState old = scan == null ? null : scan.state();
        long acked = Math.max(floor == null ? 0 : floor.acked(), old == null ? 0 : old.acked());
        ChainHead base = Restart.base(floor, end, diverged);
        Carry carry = diverged ? null : carry(aside, scan, acked);

        Restart restart = new Restart(setup, links, base);
        restart.lost(floor, end, acked, scan == null ? 0 : scan.lastMicros());
        restart.add(tampered("journal", wrong));
        // What the old store knew to be lost and had not recorded yet is not forgotten.
        StoreState state = new StoreState(
                acked,
                carry == null ? base : carry.from(),
                old == null ? null : old.full(),
                old == null ? null : old.disk(),
                true,
                old == null ? List.of() : old.counts());
        make(state, restart.rows(), carry);
        return new Outcome(
                restart.head(),
                state,
                List.of(),
                0,
                new JournalOpening(old == null || !old.closed(), Optional.of(wrong), Optional.ofNullable(aside)));
    }

    /**
     * Whole events of the old store that the server has not acknowledged.
     *
     * @param from the event before them
     * @param through the last of them
     */
    private record Carry(Path aside, ChainHead from, long through) {}

    private static @Nullable Carry carry(@Nullable Path aside, StoreScan.@Nullable Result scan, long acked)
            throws SQLException {
        if (aside == null
                || scan == null
                || Math.max(acked, scan.before().seq()) >= scan.head().seq()) {
            return null;
        }
        ChainHead from = acked <= scan.before().seq() ? scan.before() : OldRows.headAt(aside, acked);
        return new Carry(aside, from, scan.head().seq());
    }

    private void make(StoreState state, List<Row> rows, @Nullable Carry carry) throws SQLException, IOException {
        byte[] encoded = state.encode(setup.key(), setup.terminal());
        if (carry == null) {
            StoreMaker.make(files, setup.limits(), setup.terminal(), encoded, rows.iterator());
            return;
        }
        try (OldRows old = new OldRows(carry.aside(), carry.from().seq(), carry.through(), rows)) {
            StoreMaker.make(files, setup.limits(), setup.terminal(), encoded, old);
        }
    }

    private static Event.Builder tampered(String what, String detail) {
        return Event.newBuilder()
                .setTampered(Tampered.newBuilder().setWhat(what).setDetail(detail));
    }

    private Instant now() {
        return Instant.EPOCH.plus(setup.clocks().wallMicros(), ChronoUnit.MICROS);
    }
}
