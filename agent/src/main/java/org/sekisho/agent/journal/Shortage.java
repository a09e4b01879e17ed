package org.sekisho.agent.journal;

import java.sql.SQLException;
import org.sekisho.v1.Event;
import org.sekisho.v1.JournalState;

/**
 * Knows whether room is short, and has it recorded when it becomes so and when it is ample again.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Shortage {
    private final Store store;
    private final Room room;
    private final long limitBytes;
    private boolean isShort;
    private boolean next;

    Shortage(Store store, Room room, long limitBytes) {
        this.store = store;
        this.room = room;
        this.limitBytes = limitBytes;
        this.isShort = room.isReserveTouched();
    }

    boolean isShort() {
        return isShort;
    }

    /** A new commit: ordinary events get no room while it is short. */
    void begin(Stamp now) throws SQLException {
        room.begin(isShort && !room.isAmple(now.monotonicNanos()));
    }

    /** How many blocks of the reserve can be filled again. */
    int fillBlocks(Stamp now) throws SQLException {
        return isShort ? room.fillBlocks(now.monotonicNanos()) : 0;
    }

    /**
     * Adds the event to the batch, where there is news.
     *
     * @param refused whether the batch had no room for some entry
     * @return whether room is ample again
     */
    boolean mark(Batch batch, boolean refused, Stamp now) throws SQLException {
        next = room.freeBlocks() > 0 || (isShort ? !room.isAmple(now.monotonicNanos()) : refused);
        if (next == isShort) {
            return false;
        }
        JournalState.Builder mark = JournalState.newBuilder()
                .setUsedBytes(store.usedBytes())
                .setLimitBytes(limitBytes)
                .setShortOfRoom(next);
        if (!batch.add(Entry.own(Event.newBuilder().setJournalState(mark), now))) {
            next = isShort;
            return false;
        }
        return !next;
    }

    /** What was marked is durable. */
    void committed() {
        isShort = next;
    }
}
