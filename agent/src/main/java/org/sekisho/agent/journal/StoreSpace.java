package org.sekisho.agent.journal;

import java.util.List;

/**
 * How many pages of the store's file a write takes, estimated from above.
 *
 * <p>SQLite (file format, section 1.6) keeps up to 4,061 bytes of a row in a leaf page of 4,096 bytes; of a longer row the
 * rest goes to overflow pages of 4,092 bytes each.
 */
final class StoreSpace {
    static final int PAGE_BYTES = 4096;

    /** Reserved room is held in rows of this size, so that any number of pages can be set free in one commit. */
    static final int BLOCK_BYTES = 64 * 1024;

    /** What deleting one such row sets free at least: its overflow pages. */
    static final int BLOCK_PAGES = 15;

    /** Interior pages, the state's page and a page for the free list, whatever the commit. */
    static final int COMMIT_PAGES = 4;

    /** Hashes, numbers and SQLite's own record and cell headers. */
    private static final int ROW_OVERHEAD = RowSeal.OVERHEAD + 32 + 32 + 24;

    private static final int LOCAL_MIN = 489;
    private static final int OVERFLOW_BYTES = 4092;

    private StoreSpace() {}

    /** Bytes that count against a batch. */
    static int rowBytes(int bodyBytes) {
        return bodyBytes + ROW_OVERHEAD;
    }

    /** Pages for the rows of one commit, without {@link #COMMIT_PAGES}. */
    static int pages(List<Row> rows) {
        long halves = 0;
        for (Row row : rows) {
            halves += halfPages(row.size());
        }
        return (int) ((halves + 1) / 2);
    }

    /** Twice the pages for one row: up to half a page, a leaf holds two of them at least. */
    static int halfPages(int bodyBytes) {
        int bytes = rowBytes(bodyBytes);
        if (bytes <= PAGE_BYTES / 2 - 64) {
            return Math.max(1, (bytes * 4 + PAGE_BYTES - 1) / PAGE_BYTES);
        }
        if (bytes <= OVERFLOW_BYTES - 31) {
            return 2;
        }
        return 2 * (1 + (bytes - LOCAL_MIN + OVERFLOW_BYTES - 1) / OVERFLOW_BYTES);
    }
}
