package org.sekisho.control.terminal.link;

import org.sekisho.v1.Credit;

/**
 * How much one terminal may have under way: a share of what all may have together, yet always enough for one full batch
 * (terminal.proto: 1,000 events, 512 KiB). That the sum is kept is ensured elsewhere: a stream isn't read further while
 * the ingest is full. Pure.
 */
record CreditShare(int events, int bytes) {
    private static final int BATCH_EVENTS = 1_000;
    private static final int BATCH_BYTES = 512 * 1024;
    /** So that one batch travels while another is written and a third is being made. */
    private static final int BATCHES = 4;

    static CreditShare of(long allBytes, int streams) {
        long share = allBytes / Math.max(1, streams);
        int batches = Math.clamp(share / BATCH_BYTES, 1, BATCHES);
        return new CreditShare(batches * BATCH_EVENTS, batches * BATCH_BYTES);
    }

    Credit credit() {
        return Credit.newBuilder().setEvents(events).setBytes(bytes).build();
    }
}
