package org.sekisho.control.event.ingest;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sekisho.control.event.shape.EventShape;

/**
 * Writes the shapes of a day's events, each once. What was written lately is remembered, so that a shape which comes again
 * costs nothing. Not thread-safe.
 */
final class EventShapes {
    /** A busy day of a large city has a few ten thousand; what is forgotten is only offered to the database again. */
    private static final int REMEMBERED = 50_000;

    private final Map<Long, Boolean> known = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private LocalDate day = LocalDate.EPOCH;

    /** Of these, the ones that aren't known to be in the database, in the order in which all writers take them. */
    Map<Long, EventShape> fresh(LocalDate today, List<Submission> submissions) {
        if (!today.equals(day)) {
            known.clear();
            day = today;
        }
        Map<Long, EventShape> fresh = new TreeMap<>();
        for (Submission submission : submissions) {
            for (VerifiedEvent event : submission.events()) {
                if (known.get(event.shapeHash()) == null) {
                    fresh.put(event.shapeHash(), event.shape());
                }
            }
        }
        return fresh;
    }

    /** Writes them; two writers that have the same one wait for each other, never in a circle, because both go by the hash. */
    static void write(Handle handle, LocalDate today, Map<Long, EventShape> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO event_shape (day, hash, rule, labels, program, device, text, terms)
                VALUES (:day, :hash, :rule, :labels, :program, :device, :text, :terms) ON CONFLICT DO NOTHING""");
        fresh.forEach((hash, shape) -> batch.bind("day", today)
                .bind("hash", hash)
                .bind("rule", Columns.text(shape.rule()))
                .bindArray("labels", String.class, (Object[])
                        shape.labels().stream().map(Columns::text).toArray(String[]::new))
                .bind("program", shape.program())
                .bind("device", shape.device())
                .bind("text", shape.text())
                .bindArray("terms", Integer.class, boxed(shape.terms()))
                .add());
        batch.execute();
    }

    /** They are committed. */
    void committed(Map<Long, EventShape> written) {
        written.keySet().forEach(hash -> known.put(hash, Boolean.TRUE));
    }

    private static Object[] boxed(int[] terms) {
        Object[] boxed = new Object[terms.length];
        for (int i = 0; i < terms.length; i++) {
            boxed[i] = terms[i];
        }
        return boxed;
    }
}
