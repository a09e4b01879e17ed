package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.event.EventChain;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Event.BodyCase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminal's durable, tamper-evident queue of events.
 *
 * <p>Many threads record at once; one thread of its own writes, and all who wait share one sync. Terminal, boot, seq and both
 * clocks are filled in here; whatever the caller put there is overwritten. One process may have a folder open at a time.
 *
 * <p>Thread safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Inbox inbox;
    private final Store store;
    private final StoreReader reader;
    private final HeadFile headFile;
    private final Signing signing;
    private final JournalOpening opening;
    private final ByteString boot;
    private final Thread thread;
    private final CopyOnWriteArrayList<Consumer<ChainHead>> listeners = new CopyOnWriteArrayList<>();
    private volatile Floors.Published published;

    private Journal(Path folder, JournalSetup setup, HeadFile headFile) throws SQLException, IOException {
        StoreFiles files = new StoreFiles(folder);
        Links links = new Links(setup.terminal(), new RowSeal(setup.key(), setup.terminal()), setup.clocks());
        Recovery recovery = new Recovery(files, setup, headFile.found());
        Recovery.Outcome outcome = recovery.run(links);
        Store opened;
        try {
            opened = new Store(files.store(), setup.limits());
        } catch (SQLException e) {
            outcome = recovery.distrust(links, e);
            opened = new Store(files.store(), setup.limits());
        }
        this.store = opened;
        this.headFile = headFile;
        this.opening = outcome.opening();
        this.boot = links.boot();
        this.inbox = new Inbox(setup.clocks());
        this.signing = new Signing(setup);
        this.published = new Floors.Published(
                new HeadFile.Floor(ChainHead.GENESIS, 0), outcome.state().before());
        StoreReader reading = null;
        try {
            reading = new StoreReader(files.store(), new RowSeal(setup.key(), setup.terminal()));
            Repeats repeats = new Repeats(setup.limits().repeatWindow());
            Ledger ledger =
                    new Ledger(setup, links, store, new Floors(headFile, this::publish), signing, outcome, repeats);
            JournalWriter writer = new JournalWriter(setup, inbox, repeats, ledger);
            writer.start(outcome, reading::attempt);
            // Not a daemon: what was taken in is written before the process ends in good order.
            thread = Thread.ofPlatform().name("journal").unstarted(writer);
        } catch (SQLException | RuntimeException e) {
            if (reading != null) {
                reading.close();
            }
            store.close();
            throw e;
        }
        reader = reading;
    }

    /**
     * Opens the journal in this folder, or makes one. Reads and verifies every event in it.
     *
     * <p>A store that was damaged or put back is moved aside and the chain goes on behind it, with a signed loss record; see
     * {@link #opening()}.
     *
     * @param folder for the journal alone; made, and closed to others, if need be
     * @throws JournalException if another process has it open, it belongs to another terminal, or the disk refuses
     */
    public static Journal open(Path folder, JournalSetup setup) {
        HeadFile head = null;
        try {
            PrivateFiles.folder(folder);
            head = HeadFile.open(new StoreFiles(folder).head(), setup.key(), setup.terminal());
            Journal journal = new Journal(folder, setup, head);
            journal.thread.start();
            return journal;
        } catch (SQLException | IOException | RuntimeException e) {
            closeAfter(head, e);
            if (e instanceof JournalException known) {
                throw known;
            }
            throw new JournalException(
                    "cannot open the journal in " + folder + ": " + e.getMessage()
                            + "; check the disk and its permissions",
                    e);
        }
    }

    /**
     * Gives an event to the journal.
     *
     * <p>The stage completes on the journal's own thread, so whatever is hung to it must be quick or asynchronous. It
     * completes exceptionally with a {@link JournalException} if the event couldn't be recorded: then nothing may be let out.
     * The call itself waits only if thousands of events are waiting already.
     *
     * @param body with exactly one of the event's kinds set; taken over, and not to be changed any more
     * @throws IllegalArgumentException if no kind is set, or the event is larger than {@value EventChain#MAX_BODY_BYTES} bytes
     * @throws JournalException if the journal is closed
     */
    public CompletionStage<Recorded> recordLater(Event.Builder body, Importance importance) {
        return checkedPut(body, importance);
    }

    /**
     * As {@link #recordLater}, and waits until the event is durable, counted or refused.
     *
     * @throws JournalException if it couldn't be recorded: then nothing may be let out
     */
    public Recorded record(Event.Builder body, Importance importance) {
        try {
            return checkedPut(body, importance).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalFullException full) {
                full.addSuppressed(e);
                throw full;
            }
            throw new JournalException("the event could not be recorded: " + e.getMessage(), e);
        }
    }

    private CompletableFuture<Recorded> checkedPut(Event.Builder body, Importance importance) {
        if (body.getBodyCase() == BodyCase.BODY_NOT_SET) {
            throw new IllegalArgumentException("an event without a kind can't be recorded");
        }
        int bytes = body.buildPartial().getSerializedSize();
        if (bytes > EventChain.MAX_BODY_BYTES - Links.FRAME_BYTES) {
            throw new IllegalArgumentException("the event has " + bytes + " bytes; at most "
                    + (EventChain.MAX_BODY_BYTES - Links.FRAME_BYTES) + " can be recorded: shorten its texts");
        }
        return inbox.put(body, importance);
    }

    /** How the journal was found. */
    public JournalOpening opening() {
        return opening;
    }

    /** This run's id, as in each of its events. */
    public ByteString boot() {
        return boot;
    }

    /** The last event that may be sent. */
    public ChainHead head() {
        return published.floor().head();
    }

    /** The highest number that is known to be acknowledged; 0: none. */
    public long ackedSeq() {
        return published.floor().acked();
    }

    /** The oldest number that {@link #nextBatch} can still give, for a server that asks for history. */
    public long oldestSeq() {
        return published.before().seq() + 1;
    }

    /** How many events are not acknowledged. */
    public long backlog() {
        HeadFile.Floor floor = published.floor();
        return floor.head().seq() - floor.acked();
    }

    /**
     * The events right after a number, in order. There is a hole between two of them only where a loss record says so. Fewer
     * than could be had is normal; none means that nothing is there, or that the next one alone is larger than maxBytes.
     *
     * @param afterSeq the last one that is not wanted; where older ones were pruned, the oldest that is left comes first
     * @param maxBytes upper bound for the sum of the events' serialized sizes
     * @throws JournalException if the store can't be read
     */
    public List<ChainedEvent> nextBatch(long afterSeq, int maxEvents, long maxBytes) {
        try {
            return reader.read(afterSeq, head().seq(), maxEvents, maxBytes);
        } catch (SQLException e) {
            throw new JournalException("cannot read the journal after event " + afterSeq + "; check its disk", e);
        }
    }

    /**
     * The server has everything up to this number. Lower numbers than before change nothing.
     *
     * @return completes when that is durable here; pruning follows
     * @throws IllegalArgumentException if the number was never given out: the server acknowledges what it can't have
     */
    public CompletionStage<Void> ackedThrough(long seq) {
        if (seq > head().seq()) {
            throw new IllegalArgumentException(
                    "event " + seq + " is acknowledged, but the last one that was given out is " + head().seq());
        }
        return inbox.ack(seq);
    }

    /**
     * Tells of each new head. Called on the journal's own thread: be quick, never call the journal back and wait.
     *
     * @return ends it
     */
    public AutoCloseable onNewHead(Consumer<ChainHead> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Signs checkpoints with another key from now on, after the terminal's certificate was renewed. */
    public void signWith(CheckpointSigner signer) {
        signing.use(signer);
    }

    /** Makes the writer look at its clocks now: for tests that turn them. */
    void poke() {
        inbox.poke();
    }

    private void publish(Floors.Published now) {
        boolean moved = now.floor().head().seq() != published.floor().head().seq();
        published = now;
        if (!moved) {
            return;
        }
        for (Consumer<ChainHead> listener : listeners) {
            try {
                listener.accept(now.floor().head());
            } catch (RuntimeException e) {
                LOG.error("a listener to the journal's head failed", e);
            }
        }
    }

    /** Writes what was taken in, and a checkpoint, then closes the files. Idempotent. */
    @Override
    public void close() {
        inbox.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try (headFile) {
            reader.close();
            store.close();
        } catch (SQLException | IOException e) {
            throw new JournalException("cannot close the journal's files; everything recorded is on disk", e);
        }
    }

    private static void closeAfter(@Nullable HeadFile head, Exception cause) {
        if (head != null) {
            try {
                head.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
