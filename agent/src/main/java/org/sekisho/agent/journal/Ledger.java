package org.sekisho.agent.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.Event;
import org.sekisho.v1.LossCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings entries into the store: room for each, losses, checkpoints and marks where they are due, one commit, then the floor.
 *
 * <p>Invariant: {@code head} is the last committed event, the floor the last one in the head file, and floor ≤ head. Not
 * thread safe: the writer's thread alone uses it.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** SQLITE_FULL, from SQLite's list of result codes. */
    private static final int SQLITE_FULL = 13;

    /** Acknowledged events to prune with a commit, so that none takes long. */
    private static final int PRUNE_EVENTS = 256;

    private final JournalSetup setup;
    private final Links links;
    private final Store store;
    private final Floors floors;
    private final Room room;
    private final Shortage shortage;
    private final Losses losses;
    private final Signing signing;
    private final Repeats repeats;
    private final Refusals refusals;
    private ChainHead head;
    private StoreState state;
    private long acked;
    private boolean signNext = true;
    private boolean failing;

    /**
     * @param repeats whose counts are committed with the entries
     * @param floors told of each commit
     */
    Ledger(
            JournalSetup setup,
            Links links,
            Store store,
            Floors floors,
            Signing signing,
            Recovery.Outcome outcome,
            Repeats repeats) {
        this.setup = setup;
        this.links = links;
        this.store = store;
        this.floors = floors;
        this.signing = signing;
        this.repeats = repeats;
        this.room = new Room(store, setup.limits(), this::pruneForRoom);
        this.losses = new Losses(outcome.state());
        this.refusals = new Refusals(losses, repeats);
        this.head = outcome.head();
        this.state = outcome.state();
        this.acked = state.acked();
        this.shortage = new Shortage(store, room, setup.limits().bytes());
    }

    /** The server has everything up to here. */
    void acked(long seq) {
        long now = Math.min(seq, head.seq());
        if (now > acked) {
            acked = now;
            room.lookAgain();
        }
    }

    /** What the last run had counted and can't say more of: {@link Refusals#firstIsGone}. */
    void firstIsGone(OpenCount open) {
        refusals.firstIsGone(open);
    }

    /**
     * Commits the entries and answers all who wait for them.
     *
     * @param closing nothing will follow
     * @return whether the journal's state is durable; if not, every entry was refused
     */
    boolean write(List<Entry> entries, boolean closing) {
        List<Entry> remaining = new ArrayList<>(entries);
        List<Runnable> answers = new ArrayList<>();
        SQLException failure;
        try {
            commit(remaining, answers, closing);
            return true;
        } catch (SQLException e) {
            failure = e;
        } finally {
            // Also after an unexpected exception: who was refused must hear of it.
            answers.forEach(Runnable::run);
        }
        answers.clear();
        if (failure.getErrorCode() == SQLITE_FULL && remaining.stream().anyMatch(Entry::isOrdinary)) {
            LOG.warn("no room to commit; giving up what may be given up", failure);
            List<Entry> ordinary = remaining.stream().filter(Entry::isOrdinary).toList();
            remaining.removeAll(ordinary);
            ordinary.forEach(entry -> refusals.noRoom(entry, LossCause.DISK_FULL, answers));
            try {
                commit(remaining, answers, closing);
                return true;
            } catch (SQLException e) {
                failure = e;
            } finally {
                answers.forEach(Runnable::run);
            }
        }
        failing = true;
        refusals.failed(remaining, failure);
        return false;
    }

    private void commit(List<Entry> remaining, List<Runnable> answers, boolean closing) throws SQLException {
        boolean done = false;
        try {
            commitBatch(remaining, answers, closing);
            done = true;
        } finally {
            if (!done) {
                links.abandoned();
            }
        }
    }

    private void commitBatch(List<Entry> remaining, List<Runnable> answers, boolean closing) throws SQLException {
        Stamp now = Stamp.take(setup.clocks());
        refill(now);
        shortage.begin(now);
        Batch batch = new Batch(links, room, head, now.monotonicNanos());
        boolean refused = addAll(batch, remaining, answers);
        if (shortage.mark(batch, refused, now)) {
            losses.roomIsBack();
        }
        List<Lost> recorded = addLosses(batch, closing, now);
        int unsigned = batch.unsigned();
        if (signNext || (closing && signing.isUnsigned(unsigned)) || signing.isDue(unsigned, now.monotonicNanos())) {
            batch.sign(signing, now);
        }
        Optional<ChainHead> prune = prunable();
        StoreState next = new StoreState(
                acked,
                prune.orElse(state.before()),
                recorded.stream().anyMatch(lost -> lost.cause() == LossCause.JOURNAL_FULL)
                        ? null
                        : losses.pending(LossCause.JOURNAL_FULL),
                recorded.stream().anyMatch(lost -> lost.cause() == LossCause.DISK_FULL)
                        ? null
                        : losses.pending(LossCause.DISK_FULL),
                closing,
                repeats.counts(batch));
        if (!batch.rows().isEmpty() || !next.equals(state)) {
            store.commit(new Store.Commit(
                    batch.rows(), prune.map(ChainHead::seq).orElse(0L), room.freeBlocks(), 0, encode(next)));
        }
        head = batch.head();
        state = next;
        shortage.committed();
        signNext = signNext && head.seq() > 0 && !batch.isSigned();
        failing = false;
        losses.recorded(recorded, now.monotonicNanos());
        signing.committed(batch.unsigned(), batch.isSigned(), now.monotonicNanos());
        batch.complete();
        repeats.committed(batch);
    }

    private boolean addAll(Batch batch, List<Entry> remaining, List<Runnable> answers) throws SQLException {
        List<Entry> refused = new ArrayList<>();
        for (Entry entry : remaining) {
            if (!batch.add(entry)) {
                refused.add(entry);
            }
        }
        remaining.removeAll(refused);
        refused.forEach(entry -> refusals.noRoom(entry, room.cause(), answers));
        return !refused.isEmpty();
    }

    private List<Lost> addLosses(Batch batch, boolean closing, Stamp now) throws SQLException {
        List<Lost> due = closing ? losses.all() : losses.due(now.monotonicNanos());
        List<Lost> recorded = new ArrayList<>();
        for (Lost lost : due) {
            if (batch.addSigned(Entry.own(Event.newBuilder().setLoss(lost.toEvent()), now), signing)) {
                recorded.add(lost);
            }
        }
        if (recorded.size() < due.size()) {
            losses.postpone(now.monotonicNanos());
        }
        return recorded;
    }

    private void refill(Stamp now) throws SQLException {
        int fill = shortage.fillBlocks(now);
        if (fill > 0) {
            store.commit(new Store.Commit(List.of(), 0, 0, fill, encode(state)));
        }
    }

    private Optional<ChainHead> prunable() throws SQLException {
        long through = acked - setup.limits().historyEvents();
        return through > state.before().seq() ? store.oldest(PRUNE_EVENTS, through) : Optional.empty();
    }

    private boolean pruneForRoom(int events) throws SQLException {
        if (acked <= state.before().seq()) {
            return false;
        }
        Optional<ChainHead> through = store.oldest(events, acked);
        if (through.isEmpty()) {
            return false;
        }
        StoreState next =
                new StoreState(acked, through.get(), state.full(), state.disk(), state.closed(), state.counts());
        store.commit(new Store.Commit(List.of(), through.get().seq(), 0, 0, encode(next)));
        state = next;
        return true;
    }

    private byte[] encode(StoreState next) {
        return next.encode(setup.key(), setup.terminal());
    }

    /** Writes the floor and shows what is new. */
    void publish() {
        floors.raise(head, acked, state.before());
    }

    /** Housekeeping that nobody waits for. */
    void tidy() {
        try {
            store.tidyLog();
        } catch (SQLException e) {
            LOG.error("cannot move the journal's log into the store; it is tried again with the next commit", e);
        }
    }

    boolean isShort() {
        return shortage.isShort();
    }

    /** Whether something that should be on disk isn't. */
    boolean isUnsettled() {
        return failing || floors.isBehind(head, acked);
    }

    /** How long until there is something to do although nothing arrives. */
    long waitNanos(long nowNanos) {
        long wait = signing.waitNanos(nowNanos);
        if (!losses.isEmpty()) {
            wait = Math.min(wait, losses.waitNanos(nowNanos));
        }
        boolean toPrune =
                acked - setup.limits().historyEvents() > state.before().seq();
        return toPrune && pruneHelps() ? 0 : wait;
    }

    private boolean pruneHelps() {
        try {
            return prunable().isPresent();
        } catch (SQLException e) {
            LOG.error("cannot look for events to prune", e);
            return false;
        }
    }
}
