package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards {@code MEDIA}: everything that can be plugged in is shut out by the operating system until it was decided about, by
 * its descriptors, function by function.
 *
 * <p>There is one act, {@link #look}: see what is plugged in, decide about each device by the policy, permits, register and
 * person of this moment, and carry out what has changed. It is done when the OS hints at a change or at a hand that wrote
 * into the devices' attributes, when a policy is committed, when a person comes or goes, and on {@link #reconsider}. However
 * many hints come, one look follows, so that a storm of plugs costs no memory.
 *
 * <p>Every two seconds it looks in any case, for what nobody announces: the hours of a rule end, a disk that was set read-only
 * is made writable by ioctl(2), a volume is filled into an empty slot that the kernel polls for itself.
 *
 * <p>What is stopped is stopped before it is recorded; what is let in is recorded before it is let in, keyboards, pointers and
 * hubs excepted, which are let in even when nothing can be recorded, and recorded right after. All state is under this
 * object's lock. Thread-safe.
 */
public final class MediaGuard implements ChannelGuard {
    private static final Logger LOG = LoggerFactory.getLogger(MediaGuard.class);
    /** A look costs about a millisecond; an access taken away by time alone is gone two seconds later at most. */
    private static final Duration PATROL = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final MediaParts parts;
    private final MediaSettler settler;
    private final Suspicions suspicions = new Suspicions();
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private Policy policy = Policy.getDefaultInstance();
    private boolean watching;
    private boolean patrolling;
    private boolean looked;
    private boolean closed;
    private volatile ChannelState state;
    private volatile Consumer<ChannelState> listener = changed -> {};

    /** A guard that does nothing until the first policy is committed. */
    public MediaGuard(EventLoop loop, MediaParts parts) {
        this.loop = requireNonNull(loop, "loop is null");
        this.parts = requireNonNull(parts, "parts is null");
        this.settler = new MediaSettler(loop, parts, this::meansHubs, this::reconsider);
        this.state = state(ChannelMode.MODE_INACTIVE, "not started");
        parts.people().onPresence(this::reconsider);
    }

    /** Decides anew about everything that is plugged in, soon: permits or the register have changed. Never waits. */
    public void reconsider() {
        if (hinted.compareAndSet(false, true)) {
            loop.execute(() -> {
                hinted.set(false);
                look();
            });
        }
    }

    @Override
    public Channel channel() {
        return Channel.MEDIA;
    }

    @Override
    public Prepared prepare(Policy next) {
        return new Prepared() {
            @Override
            public ChannelState commit() {
                return enforce(next);
            }

            @Override
            public void abandon() {}
        };
    }

    private synchronized ChannelState enforce(Policy next) {
        policy = next;
        look();
        if (!patrolling) {
            patrolling = true;
            patrol();
        }
        return state;
    }

    @Override
    public ChannelState state() {
        return state;
    }

    @Override
    public void onStateChange(Consumer<ChannelState> next) {
        listener = requireNonNull(next, "listener is null");
    }

    /** Stops looking. What is shut out stays so, and so does the default. */
    @Override
    public synchronized void close() {
        closed = true;
        parts.bus().close();
    }

    private boolean meansHubs(String rule) {
        return policy.getRulesList().stream()
                .anyMatch(one -> one.getId().equals(rule)
                        && one.getMedia().getClassesList().contains(MediaClass.HUB));
    }

    private boolean stopsNothing() {
        return parts.observeOnly() || policy.getAuditOnly();
    }

    /** Sees what is plugged in, and has all of it as it should be. */
    synchronized void look() {
        if (closed) {
            return;
        }
        List<String> failures = new ArrayList<>();
        String proof = "";
        try {
            watch();
            if (looked) {
                greet();
            }
            // The default first: what is plugged in from here on waits for the next look.
            proof = defaults();
            Collection<Standing> present = present();
            MediaSettler.Hands hands = hands();
            DesktopSession person = parts.person().get();
            for (Standing standing : present) {
                settler.settle(standing, person, hands);
                if (!standing.failure.isEmpty()) {
                    failures.add(standing.asRead().instance() + ": " + standing.failure);
                }
            }
            parts.bus().passed().forEach(device -> settler.passed(device, person, hands));
        } catch (IOException e) {
            LOG.error("the removable devices can't be guarded: {}", e.getMessage());
            failures.add(String.valueOf(e.getMessage()));
        }
        looked = true;
        become(failures, proof);
    }

    /** Whoever has just plugged something in waits for the decision about that alone, not for all else that is looked at. */
    private void greet() throws IOException {
        List<RemovableDevice> arrivals = parts.bus().arrivals();
        if (arrivals.isEmpty()) {
            return;
        }
        MediaSettler.Hands hands = hands();
        DesktopSession person = parts.person().get();
        for (RemovableDevice device : arrivals) {
            // In the place of another: that one's departure comes first.
            if (!standings.containsKey(device.instance())) {
                settler.settle(arrived(device), person, hands);
            }
        }
    }

    private Standing arrived(RemovableDevice device) {
        List<RemovableDevice> others =
                standings.values().stream().map(Standing::asRead).toList();
        Standing standing = new Standing(device, suspicions.arrived(device, others, !looked, loop.nanos()));
        standings.put(device.instance(), standing);
        return standing;
    }

    private MediaSettler.Hands hands() {
        if (parts.observeOnly()) {
            return MediaSettler.Hands.OFF;
        }
        if (!policy.getAuditOnly()) {
            return MediaSettler.Hands.ON;
        }
        // Where nothing was ever shut out, an audit touches nothing.
        return settler.wasEnforcing() ? MediaSettler.Hands.LET_IN : MediaSettler.Hands.OFF;
    }

    private void watch() throws IOException {
        if (!watching) {
            parts.bus().watch(this::reconsider);
            watching = true;
        }
    }

    private void patrol() {
        loop.after(PATROL, () -> {
            look();
            patrol();
        });
    }

    private String defaults() throws IOException {
        if (parts.observeOnly()) {
            return "";
        }
        if (policy.getAuditOnly()) {
            if (parts.bus().deniesByDefault()) {
                // Also where that was so before this agent began: what was shut out meanwhile has to be let in.
                settler.enforcing();
                parts.bus().allowByDefault();
            }
            return "";
        }
        DeviceBus.Default denied = parts.bus().denyByDefault();
        denied.takenBack()
                .forEach(place -> settler.tampered(
                        "device default", place + ": new devices were let in by default; that was taken back"));
        settler.enforcing();
        return denied.proof();
    }

    private Collection<Standing> present() throws IOException {
        Map<String, RemovableDevice> now = new LinkedHashMap<>();
        parts.bus().devices().forEach(device -> now.put(device.instance(), device));
        for (Standing standing : List.copyOf(standings.values())) {
            RemovableDevice there = now.get(standing.asRead().instance());
            if (there == null || !there.plugging().equals(standing.asRead().plugging())) {
                standings.remove(standing.asRead().instance());
                settler.departed(standing);
                parts.departed().accept(standing.asRead().instance());
                suspicions.departed(standing.asRead(), loop.nanos());
            }
        }
        for (RemovableDevice device : now.values()) {
            if (!standings.containsKey(device.instance())) {
                arrived(device);
            }
        }
        return standings.values();
    }

    private void become(List<String> failures, String proof) {
        List<String> unguarded = parts.bus().unguarded();
        String limits = unguarded.isEmpty() ? "" : " | not guarded: " + String.join(", ", unguarded);
        ChannelState next;
        if (!failures.isEmpty()) {
            next = state(ChannelMode.MODE_FAILED, String.join(" | ", failures) + limits);
        } else if (stopsNothing()) {
            next = state(ChannelMode.MODE_AUDIT_ONLY, "devices are watched and none is stopped" + limits);
        } else {
            next = state(ChannelMode.MODE_ENFORCED, proof + limits);
        }
        if (!next.equals(state)) {
            state = next;
            listener.accept(next);
        }
    }

    private static ChannelState state(ChannelMode mode, String detail) {
        return ChannelState.newBuilder()
                .setChannel(Channel.MEDIA)
                .setMode(mode)
                .setDetail(detail)
                .build();
    }
}
