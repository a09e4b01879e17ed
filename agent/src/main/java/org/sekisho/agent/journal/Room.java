package org.sekisho.agent.journal;

import java.sql.SQLException;
import org.sekisho.v1.LossCause;

/**
 * Decides which events get room, and finds room where there seems to be none.
 *
 * <p>Ordinary events use free pages only. What must be kept may also use the reserve. When free pages run out, the store grows
 * as far as limit and disk allow; then acknowledged history goes, oldest first.
 *
 * <p>Use: {@link #begin} once for each commit, then {@link #admit} for each of its events, then commit with
 * {@link #freeBlocks()}. Not thread safe.
 */
final class Room {
    /** While the disk is full, it is asked again this often: often enough that nobody waits, rarely enough to cost nothing. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    /** Acknowledged events to prune in one go: some milliseconds of work. */
    private static final int PRUNE_EVENTS = 256;

    /** Blocks to fill again in one commit: half a mebibyte of log. */
    private static final int FILL_BLOCKS = 8;

    /** Free pages without which room still counts as short, so that it doesn't flicker: room for some hundred events. */
    private static final int SPARE_PAGES = 32;

    /** Deletes acknowledged events and says whether there were any. */
    @FunctionalInterface
    interface Pruning {
        /**
         * Deletes the oldest.
         *
         * @param events how many at most
         */
        boolean prune(int events) throws SQLException;
    }

    private final Store store;
    private final int wantedBlocks;
    private final Pruning pruning;
    private long notBefore;
    private boolean waiting;
    private LossCause cause = LossCause.JOURNAL_FULL;
    private int halves;
    private int blocks;
    private boolean keptOnly;

    Room(Store store, JournalLimits limits, Pruning pruning) {
        this.store = store;
        this.pruning = pruning;
        this.wantedBlocks = (int) ((limits.reservedBytes() + StoreSpace.BLOCK_BYTES - 1) / StoreSpace.BLOCK_BYTES);
    }

    /** Whether some of the reserve is in use. */
    boolean isReserveTouched() {
        return store.blocks() < wantedBlocks;
    }

    /**
     * A new commit.
     *
     * @param keptOnly room is short, so that ordinary events get none, even if a page happens to be free
     */
    void begin(boolean keptOnly) {
        this.keptOnly = keptOnly;
        halves = 2 * StoreSpace.COMMIT_PAGES;
        blocks = 0;
    }

    /** Why there is no room. */
    LossCause cause() {
        return cause;
    }

    /** How many blocks the commit has to set free for what was admitted. */
    int freeBlocks() {
        return blocks;
    }

    /** Whether this event fits; it then counts as part of the commit. */
    boolean admit(int bodyBytes, Importance importance, long nowNanos) throws SQLException {
        if (keptOnly && importance == Importance.ORDINARY) {
            return false;
        }
        int more = StoreSpace.halfPages(bodyBytes);
        while (halves + more > 2 * (store.freePages() + blocks * StoreSpace.BLOCK_PAGES)) {
            if (blocks == 0 && makeRoom(nowNanos)) {
                continue;
            }
            if (importance == Importance.ORDINARY || blocks == store.blocks()) {
                return false;
            }
            blocks++;
        }
        // The reserve is for what must be kept: no ordinary event moves in with it.
        if (importance == Importance.ORDINARY && blocks > 0) {
            return false;
        }
        halves += more;
        return true;
    }

    /** How many blocks the next commit can fill again. */
    int fillBlocks(long nowNanos) throws SQLException {
        int missing = wantedBlocks - store.blocks();
        if (missing <= 0) {
            return 0;
        }
        int perBlock = StoreSpace.BLOCK_PAGES + 2;
        int fill = Math.min(missing, FILL_BLOCKS);
        while (store.freePages() < fill * perBlock + SPARE_PAGES && makeRoom(nowNanos)) {
            // Each turn has added pages.
        }
        return Math.max(0, Math.min(fill, (store.freePages() - SPARE_PAGES) / perBlock));
    }

    /** Whether the reserve is whole and there is room besides it. */
    boolean isAmple(long nowNanos) throws SQLException {
        if (isReserveTouched()) {
            return false;
        }
        while (store.freePages() < SPARE_PAGES) {
            if (!makeRoom(nowNanos)) {
                return false;
            }
        }
        return true;
    }

    /** Something changed (an acknowledgement): look again at once. */
    void lookAgain() {
        waiting = false;
    }

    private boolean makeRoom(long nowNanos) throws SQLException {
        if (waiting && nowNanos - notBefore < 0) {
            return false;
        }
        waiting = false;
        if (store.grow()) {
            return true;
        }
        cause = store.atLimit() ? LossCause.JOURNAL_FULL : LossCause.DISK_FULL;
        int before = store.freePages();
        while (pruning.prune(PRUNE_EVENTS)) {
            if (store.freePages() > before) {
                return true;
            }
        }
        waiting = true;
        notBefore = nowNanos + RETRY_NANOS;
        return false;
    }
}
