package org.sekisho.agent.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts for what could not be kept, and for those who wait for it.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Losses losses;
    private final Repeats repeats;

    Refusals(Losses losses, Repeats repeats) {
        this.losses = losses;
        this.repeats = repeats;
    }

    /**
     * There is no room for the entry, nor for what was counted on it.
     *
     * @param answers gets what tells those who wait, to be run once the loss itself is durable
     */
    void noRoom(Entry entry, LossCause cause, List<Runnable> answers) {
        for (Entry refused : withThoseCountedOnIt(entry)) {
            lose(refused, cause);
            answers.add(
                    refused.isOrdinary()
                            ? () -> refused.done().complete(new Recorded.NotKept(cause))
                            : () -> refused.done()
                                    .completeExceptionally(
                                            new JournalFullException(
                                                    "the journal has no room left, not even the reserved (" + cause
                                                            + "); nothing may be let out until the server has been reached or disk space is freed")));
        }
    }

    /** Nothing was committed: neither the entries nor what was counted since the last commit. */
    void failed(List<Entry> entries, SQLException cause) {
        JournalException refused = new JournalException(
                "the event could not be recorded (SQLite error " + cause.getErrorCode()
                        + "); nothing may be let out. Check the disk of the journal's folder",
                cause);
        List<Entry> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(withThoseCountedOnIt(entry)));
        all.addAll(repeats.takeBack());
        LOG.error("cannot write the journal; {} events are refused", all.size(), cause);
        for (Entry entry : all) {
            lose(entry, LossCause.DISK_FULL);
            entry.done().completeExceptionally(refused);
        }
    }

    /** The event that these repeat was pruned for want of room: only their number is known. */
    void firstIsGone(OpenCount open) {
        losses.add(new Lost(
                LossCause.JOURNAL_FULL,
                open.count(),
                open.lastMicros() - open.spanMillis() * 1_000,
                open.lastMicros(),
                Verdict.VERDICT_UNSPECIFIED));
    }

    private List<Entry> withThoseCountedOnIt(Entry entry) {
        List<Entry> all = new ArrayList<>();
        all.add(entry);
        all.addAll(repeats.forget(entry));
        return all;
    }

    private void lose(Entry entry, LossCause cause) {
        long at = entry.stamp().wallMicros();
        losses.add(new Lost(cause, entry.weight(), at, at, entry.verdict()));
    }
}
