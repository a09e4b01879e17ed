package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** An {@link Outbox} in memory that keeps everything. */
final class ListOutbox implements Outbox {
    private final List<ChainedEvent> events = new ArrayList<>();
    private Runnable recorded = () -> {};
    private long acked;
    private boolean broken;

    /** Adds an event whose body has about {@code padding} bytes. */
    void record(int padding) {
        events.add(ChainedEvent.newBuilder()
                .setBody(Event.newBuilder()
                        .setTerminal("t".repeat(padding))
                        .setSeq(events.size() + 1)
                        .build()
                        .toByteString())
                .build());
        recorded.run();
    }

    void breakDown() {
        broken = true;
    }

    long acked() {
        return acked;
    }

    @Override
    public Head head() throws IOException {
        check();
        return new Head(events.size(), ByteString.EMPTY, acked);
    }

    @Override
    public List<ChainedEvent> after(long afterSeq, int maxEvents, int maxBytes) throws IOException {
        check();
        List<ChainedEvent> batch = new ArrayList<>();
        int bytes = 0;
        for (ChainedEvent event : events.subList((int) afterSeq, events.size())) {
            bytes += event.getSerializedSize();
            if (batch.size() == maxEvents || bytes > maxBytes) {
                break;
            }
            batch.add(event);
        }
        return batch;
    }

    @Override
    public void acknowledged(long seq) throws IOException {
        check();
        acked = Math.max(acked, seq);
    }

    @Override
    public long backlog() throws IOException {
        check();
        return events.size() - acked;
    }

    @Override
    public void onRecorded(Runnable listener) {
        recorded = listener;
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("disk I/O error");
        }
    }
}
