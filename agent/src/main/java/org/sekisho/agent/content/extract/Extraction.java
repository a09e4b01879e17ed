package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has documents taken apart, one after the other, by a process that is kept as long as it behaves, and renewed after so many
 * documents, so that nothing of one document lives on for long beside others. Thread-safe.
 */
public final class Extraction implements AutoCloseable {
    /** Largest document: what fits into the process's memory several times over. */
    public static final long MOST_BYTES = 128L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
    /** A start takes a second or two; spread over this many it does not show. */
    private static final int DOCUMENTS_A_PROCESS = 250;
    /** What a large workbook takes on a slow terminal, with the start of the process. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Sandbox sandbox;
    private final Duration patience;
    private @Nullable ExtractionProcess process;
    private int starts;

    /** Starts nothing yet. */
    public Extraction(Sandbox sandbox) {
        this(sandbox, PATIENCE);
    }

    Extraction(Sandbox sandbox, Duration patience) {
        this.sandbox = requireNonNull(sandbox, "sandbox is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /** How many processes have been started. */
    synchronized int starts() {
        return starts;
    }

    /** Has a document taken apart; waits for it. A process that fails on it leaves it {@link Reading#UNREADABLE}. */
    synchronized Reading read(ContentSource document, PartSink sink) {
        if (!Sandbox.isSupported()) {
            return Reading.UNSUPPORTED;
        }
        if (document.size() > MOST_BYTES) {
            return Reading.TOO_LARGE;
        }
        try {
            ExtractionProcess ready = ready();
            Reading reading = ready.read(document, sink, patience);
            if (ready.documents() >= DOCUMENTS_A_PROCESS) {
                close();
            }
            return reading;
        } catch (IOException e) {
            // Its message may hold what a document says: a kind of failure is enough.
            LOG.warn(
                    "A document could not be taken apart ({}); the next gets a new process",
                    e.getClass().getSimpleName());
            close();
            return Reading.UNREADABLE;
        }
    }

    private ExtractionProcess ready() throws IOException {
        ExtractionProcess kept = process;
        if (kept != null && kept.isAlive()) {
            return kept;
        }
        ExtractionProcess fresh = new ExtractionProcess(sandbox.start());
        starts++;
        process = fresh;
        return fresh;
    }

    /** Ends the process; the next document starts another. */
    @Override
    public synchronized void close() {
        ExtractionProcess kept = process;
        process = null;
        if (kept != null) {
            kept.close();
        }
    }
}
