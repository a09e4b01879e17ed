package org.sekisho.control.policy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Blobs;
import org.sekisho.control.store.Times;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.Segment;

/**
 * Writes down how far policies have come. Whatever arrived while one statement was under way goes into the next, so
 * that a whole city's answers take a few statements. An answer that names other bytes than those published is not
 * counted. A full queue makes the terminal's stream wait. Thread-safe.
 */
@Singleton
public class RolloutRecorder {
    private static final Logger LOG = Logger.getLogger(RolloutRecorder.class);
    private static final int QUEUE = 20_000;
    private static final int STATEMENT = 5_000;
    private static final int MAX_DETAIL = 1_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final BlockingQueue<Answer> queue = new LinkedBlockingQueue<>(QUEUE);
    private volatile @Nullable Thread thread;

    @Inject
    RolloutRecorder(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Key(String terminal, long revision) {}

    private record Answer(Key key, int segment, int progress, int refusal, String detail, byte[] payload, Instant at) {}

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("sekisho-rollout").start(this::run);
    }

    void stop(@Observes @Priority(Integer.MAX_VALUE - 100) ShutdownEvent event) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Keeps a terminal's answer; waits only if thousands are before it. */
    public void record(String terminal, Segment segment, PolicyAck ack) {
        String detail = ack.getDetail().replace('\0', ' ');
        try {
            queue.put(new Answer(
                    new Key(terminal, ack.getRevision()),
                    segment.getNumber(),
                    ack.getProgressValue(),
                    ack.getRefusalValue(),
                    detail.substring(0, Math.min(detail.length(), MAX_DETAIL)),
                    ack.getPayloadSha256().toByteArray(),
                    clock.instant()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while recording a policy's progress", e);
        }
    }

    private void run() {
        try {
            while (true) {
                List<Answer> answers = new ArrayList<>(List.of(queue.take()));
                queue.drainTo(answers, STATEMENT);
                write(answers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Answer> answers) {
        // Of one terminal's answers to one revision only the last counts; a statement can touch a row once.
        Map<Key, Answer> last = new LinkedHashMap<>();
        answers.forEach(answer -> last.put(answer.key, answer));
        try {
            int written = insert(List.copyOf(last.values()));
            if (written < last.size()) {
                LOG.warnf("%d answers were about policies that were never published", last.size() - written);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d answers about policies could not be written", answers.size());
        }
    }

    private int insert(List<Answer> answers) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO rollout (segment, revision, terminal, progress, refusal, detail, at)
                        SELECT p.segment, p.revision, a.terminal, a.progress, a.refusal, a.detail, a.at
                        FROM unnest(:segments, :revisions, :terminals, :progress, :refusals, :details, :payloads, :ats)
                             AS a (segment, revision, terminal, progress, refusal, detail, payload, at)
                        JOIN policy p ON p.segment = a.segment AND p.revision = a.revision AND p.payload_sha256 = a.payload
                        ON CONFLICT (segment, revision, terminal) DO UPDATE
                        SET progress = excluded.progress, refusal = excluded.refusal, detail = excluded.detail, at = excluded.at""")
                .bindArray("segments", Integer.class, column(answers, Answer::segment))
                .bindArray("revisions", Long.class, column(answers, answer -> answer.key.revision))
                .bindArray("terminals", String.class, column(answers, answer -> answer.key.terminal))
                .bindArray("progress", Integer.class, column(answers, Answer::progress))
                .bindArray("refusals", Integer.class, column(answers, Answer::refusal))
                .bindArray("details", String.class, column(answers, Answer::detail))
                .bind(
                        "payloads",
                        Blobs.array(answers.stream().map(Answer::payload).toList()))
                .bindArray("ats", OffsetDateTime.class, column(answers, answer -> Times.sql(answer.at)))
                .execute());
    }

    private static Object[] column(List<Answer> answers, Function<Answer, Object> value) {
        return answers.stream().map(value).toArray();
    }
}
