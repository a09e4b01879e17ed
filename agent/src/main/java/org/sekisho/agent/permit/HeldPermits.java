package org.sekisho.agent.permit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.policy.PermitDesk;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.policy.Permit;
import org.sekisho.policy.Permits;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Event;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.PermitUsed;
import org.sekisho.v1.Signed;
import org.sekisho.v1.Tampered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permits of this terminal: in force from their beginning to their end by {@link TrustedTime}, for as many uses as they
 * have. Public methods may be called on any thread.
 *
 * <p>State is guarded by this object's lock, which is held while a use is written to the disk; {@code changed} is called on
 * the loop, without it.
 */
public final class HeldPermits implements PermitDesk {
    private static final Logger LOG = LoggerFactory.getLogger(HeldPermits.class);
    /** A paste asks for its formats one after the other; they are one use. As long as the clipboard takes them for one paste. */
    private static final Duration PASTE = Duration.ofSeconds(2);
    /** While a permit is in force, a restart with a clock that was turned back gains at most this. */
    private static final Duration KEEP_TIME = Duration.ofMinutes(1);
    /** Where a use is that is of no medium. */
    private static final String NOWHERE = "";

    private final EventLoop loop;
    private final HeldDocument<PermitBook> document;
    private final UseFile useFile;
    private final TrustedTime time;
    private final Consumer<Event.Builder> events;
    private final Runnable changed;
    private final Map<String, Integer> used = new HashMap<>();
    /** By permit, where its uses are going on. */
    private final Map<String, Set<String>> open = new HashMap<>();

    private List<Permit> permits = List.of();
    /** What was in force when it was looked at last. */
    private Set<String> lastInForce = Set.of();

    private EventLoop.@Nullable Timer boundary;
    private EventLoop.@Nullable Timer keeping;

    /**
     * Holds nothing before {@link #start}.
     *
     * @param events records an event durably, or throws
     * @param changed called on the loop whenever decisions may differ from those before
     */
    public HeldPermits(
            EventLoop loop,
            HeldDocument<PermitBook> document,
            UseFile useFile,
            TrustedTime time,
            Consumer<Event.Builder> events,
            Runnable changed) {
        this.loop = requireNonNull(loop, "loop is null");
        this.document = requireNonNull(document, "document is null");
        this.useFile = requireNonNull(useFile, "useFile is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
        this.changed = requireNonNull(changed, "changed is null");
    }

    /** Takes up what was kept. Once, by the thread that starts the agent. */
    public synchronized void start() throws IOException {
        Optional<PermitBook> book = document.load(time.now());
        Optional<Map<String, Integer>> counts = useFile.read();
        counts.ifPresent(used::putAll);
        book.ifPresent(kept -> permits = compiled(kept));
        if (book.isPresent() && counts.isEmpty()) {
            // Who takes the count away gets no uses for it.
            permits.forEach(permit -> used.put(permit.id(), permit.grant().getUses()));
            LOG.error("the count of permits' uses is gone or was not written by this agent");
            events.accept(Event.newBuilder()
                    .setTampered(Tampered.newBuilder()
                            .setWhat("permits' uses")
                            .setDetail(
                                    "the count is gone, or was not written by this agent; all uses count as spent")));
        }
        loop.execute(this::look);
    }

    /** Which revision of the book is held. 0: none. */
    public long revision() {
        return document.revision();
    }

    /** Whether some permit is for some files only: then what is written is held until it is known. */
    public synchronized boolean areForFiles() {
        return permits.stream().anyMatch(Permit::isForFiles);
    }

    /** A book has arrived; the answer is given on the loop, once decisions go by the book. */
    public void arrived(Signed signed, Consumer<PermitAck> answer) {
        loop.execute(() -> {
            PermitAck ack = document.take(signed, time.now(), this::replace);
            look();
            answer.accept(ack);
        });
    }

    /** The server has said what time it is. */
    public void serverTime(long micros) {
        loop.execute(() -> {
            time.met(micros);
            keepTime();
            look();
        });
    }

    /** A medium was unplugged: its use is over. */
    public void unplugged(String instance) {
        synchronized (this) {
            open.values().forEach(instances -> instances.remove(instance));
            open.values().removeIf(Set::isEmpty);
        }
    }

    @Override
    public synchronized Permits inForce() {
        long now = time.nowMicros();
        List<Permit> usable = permits.stream()
                .filter(permit -> permit.runsAt(now) && (leavesUse(permit) || open.containsKey(permit.id())))
                .toList();
        Map<String, Set<String>> onlyAt = usable.stream()
                .filter(permit -> !leavesUse(permit))
                .collect(Collectors.toMap(Permit::id, permit -> Set.copyOf(open.getOrDefault(permit.id(), Set.of()))));
        return usable.isEmpty() ? Permits.NONE : new Permits.Granted(usable, onlyAt);
    }

    private boolean leavesUse(Permit permit) {
        return permit.leavesUse(used.getOrDefault(permit.id(), 0));
    }

    @Override
    public synchronized void use(String id, String user, Attempt attempt) throws ChannelException {
        Permit permit = permits.stream()
                .filter(held -> held.id().equals(id) && held.runsAt(time.nowMicros()))
                .findFirst()
                .orElseThrow(() -> new ChannelException("permit " + id + " has ended or was revoked"));
        boolean medium = attempt.getChannel() == Channel.MEDIA;
        String where = medium ? attempt.getMedia().getInstance() : NOWHERE;
        if (medium && open.getOrDefault(id, Set.of()).contains(where)) {
            return;
        }
        if (!leavesUse(permit)) {
            throw new ChannelException("permit " + id + " has no use left");
        }
        int use = used.getOrDefault(id, 0) + 1;
        count(id, use);
        record(permit, use, user, attempt);
        open.computeIfAbsent(id, any -> new HashSet<>()).add(where);
        if (!medium) {
            loop.after(PASTE, () -> pasted(id, use));
        }
    }

    private void count(String id, int use) throws ChannelException {
        used.put(id, use);
        try {
            useFile.write(used);
        } catch (IOException e) {
            throw new ChannelException("a use of permit " + id + " can't be counted: " + e.getMessage(), e);
        }
    }

    private void record(Permit permit, int use, String user, Attempt attempt) throws ChannelException {
        try {
            events.accept(Event.newBuilder()
                    .setPermitUsed(PermitUsed.newBuilder()
                            .setPermit(permit.id())
                            .setUse(use)
                            .setUses(permit.grant().getUses())
                            .setUser(user)
                            .setChannel(attempt.getChannel())));
        } catch (RuntimeException e) {
            throw new ChannelException("a use of permit " + permit.id() + " can't be recorded: " + e.getMessage(), e);
        }
    }

    private synchronized void pasted(String id, int use) {
        if (used.getOrDefault(id, 0) == use) {
            open.remove(id);
        }
    }

    private synchronized void replace(PermitBook book) {
        permits = compiled(book);
        Set<String> ids = permits.stream().map(Permit::id).collect(Collectors.toSet());
        used.keySet().retainAll(ids);
        open.keySet().retainAll(ids);
        try {
            useFile.write(used);
        } catch (IOException e) {
            LOG.error(
                    "the count of permits' uses could not be written; the next use will be refused if it still can't",
                    e);
        }
    }

    private static List<Permit> compiled(PermitBook book) {
        return book.getPermitsList().stream().map(Permit::new).toList();
    }

    /** Looks which permits are in force, tells if others are than before, and comes back when that will change. */
    private void look() {
        boolean other;
        synchronized (this) {
            long now = time.nowMicros();
            Set<String> inForce = permits.stream()
                    .filter(permit -> permit.runsAt(now))
                    .map(Permit::id)
                    .collect(Collectors.toSet());
            other = !inForce.equals(lastInForce);
            lastInForce = inForce;
            watchBoundary(now);
            watchTime();
        }
        if (other) {
            changed.run();
        }
    }

    private void watchBoundary(long now) {
        if (boundary != null) {
            boundary.cancel();
            boundary = null;
        }
        permits.stream()
                .map(Permit::grant)
                .flatMapToLong((PermitGrant grant) -> LongStream.of(grant.getFromMicros(), grant.getUntilMicros()))
                .filter(edge -> edge > now)
                .min()
                .ifPresent(edge -> boundary = loop.after(Duration.of(edge - now, ChronoUnit.MICROS), this::look));
    }

    /** While something is in force, its time is kept on the disk. */
    private void watchTime() {
        if (lastInForce.isEmpty()) {
            if (keeping != null) {
                keeping.cancel();
                keeping = null;
            }
        } else if (keeping == null) {
            keepTime();
            keeping = loop.after(KEEP_TIME, this::timeKept);
        }
    }

    private void timeKept() {
        synchronized (this) {
            keeping = null;
        }
        look();
    }

    private void keepTime() {
        try {
            time.keep();
        } catch (IOException e) {
            LOG.error("the trusted time can't be kept; a restart goes on from an earlier one, or the wall clock", e);
        }
    }
}
