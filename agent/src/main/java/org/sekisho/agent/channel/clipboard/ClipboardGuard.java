package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Policy;
import org.sekisho.v1.ServiceMessage;

/**
 * The clipboard of all sessions of this terminal, from the service's side: has each paste that a helper asks about decided
 * by the policy that runs at that moment, recorded, and answered. Content that is on a clipboard already falls under a new
 * policy with its next paste. As it is who the helpers talk to, it speaks with their people for all channels. Thread-safe.
 */
public final class ClipboardGuard implements ChannelGuard, PersonDesk {
    private final AttemptDesk desk;
    private final ProgramLookup programs;
    private final long maxBytes;
    private final LongSupplier nanos;
    private final Map<String, GuardedDesktop> desktops = new ConcurrentHashMap<>();
    private volatile ClipboardPolicy policy = ClipboardPolicy.NONE;
    private volatile Consumer<ChannelState> listener = state -> {};
    private volatile Runnable presence = () -> {};
    private volatile boolean closed;

    /**
     * @param desk decides and records
     * @param programs finds out about the programs that helpers name
     * @param maxBytes the most that a helper holds and inspects of one content
     */
    public ClipboardGuard(AttemptDesk desk, ProgramLookup programs, long maxBytes) {
        this(desk, programs, maxBytes, System::nanoTime);
    }

    ClipboardGuard(AttemptDesk desk, ProgramLookup programs, long maxBytes, LongSupplier nanos) {
        this.desk = requireNonNull(desk, "desk is null");
        this.programs = requireNonNull(programs, "programs is null");
        this.maxBytes = maxBytes;
        this.nanos = requireNonNull(nanos, "nanos is null");
    }

    /**
     * Serves a helper on the calling thread until it hangs up. The caller has checked who it is: its account, its ticket,
     * its session. A helper that was there for the same session before is hung up on.
     *
     * @param welcome the fingerprint key and the language; the hint is filled in here
     * @throws IOException if the connection fails or the helper says what makes no sense
     */
    public void serve(DesktopSession session, LocalConnection connection, DesktopWelcome welcome) throws IOException {
        GuardedDesktop desktop = new GuardedDesktop(
                new PasteDecisions(session, desk, programs, () -> policy, nanos), connection, this::changed, nanos);
        GuardedDesktop before = desktops.put(session.id(), desktop);
        if (before != null) {
            before.close();
        }
        try {
            if (closed) {
                return;
            }
            desktop.welcome(welcome.toBuilder().setHint(policy.hint(maxBytes)).build());
            presence.run();
            for (Optional<DesktopMessage> message = read(connection); message.isPresent(); message = read(connection)) {
                desktop.received(message.get());
            }
        } finally {
            desktops.remove(session.id(), desktop);
            desktop.close();
            presence.run();
            changed();
        }
    }

    private static Optional<DesktopMessage> read(LocalConnection connection) throws IOException {
        return Frames.read(connection.in(), DesktopMessage.parser());
    }

    private Optional<GuardedDesktop> reached(DesktopSession session) {
        return Optional.ofNullable(desktops.get(session.id())).filter(GuardedDesktop::isOpen);
    }

    @Override
    public boolean reaches(DesktopSession session) {
        return reached(session).isPresent();
    }

    @Override
    public void tell(DesktopSession session, Notice notice) {
        reached(session).ifPresent(desktop -> desktop.tell(notice));
    }

    @Override
    public CompletionStage<Answer> askForReason(DesktopSession session, Notice notice) {
        return reached(session)
                .map(desktop -> desktop.askForReason(notice))
                .orElseGet(() -> CompletableFuture.completedFuture(new Unasked()));
    }

    @Override
    public void onPresence(Runnable changed) {
        presence = requireNonNull(changed, "changed is null");
    }

    /** How long the helper of a session has said nothing; empty if none is connected. A healthy one speaks every 5 s. */
    public Optional<Duration> silence(String session) {
        return Optional.ofNullable(desktops.get(session)).map(GuardedDesktop::silence);
    }

    @Override
    public Channel channel() {
        return Channel.CLIPBOARD;
    }

    @Override
    public Prepared prepare(Policy next) {
        ClipboardPolicy prepared = ClipboardPolicy.of(next);
        return new Prepared() {
            @Override
            public ChannelState commit() {
                policy = prepared;
                ServiceMessage hint = ServiceMessage.newBuilder()
                        .setPolicyHint(prepared.hint(maxBytes))
                        .build();
                desktops.values().forEach(desktop -> desktop.send(hint));
                changed();
                return state();
            }

            @Override
            public void abandon() {}
        };
    }

    /** Shows a notice on every desktop; answers on how many. */
    public int tell(Notice notice) {
        List<GuardedDesktop> told = List.copyOf(desktops.values());
        ServiceMessage message = ServiceMessage.newBuilder().setNotice(notice).build();
        told.forEach(desktop -> desktop.send(message));
        return told.size();
    }

    @Override
    public ChannelState state() {
        List<Map.Entry<String, ChannelState>> states = desktops.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().state()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (states.isEmpty()) {
            return state(ChannelMode.MODE_INACTIVE, "no desktop session has a helper");
        }
        for (ChannelMode bad : List.of(ChannelMode.MODE_FAILED, ChannelMode.MODE_UNSUPPORTED)) {
            for (Map.Entry<String, ChannelState> entry : states) {
                if (entry.getValue().getMode() == bad) {
                    return state(bad, entry.getKey() + ": " + entry.getValue().getDetail());
                }
            }
        }
        StringBuilder proof = new StringBuilder();
        for (Map.Entry<String, ChannelState> entry : states) {
            proof.append(proof.isEmpty() ? "" : " | ")
                    .append(entry.getKey())
                    .append(": ")
                    .append(entry.getValue().getDetail());
        }
        boolean allServing = states.stream().allMatch(entry -> entry.getValue().getMode() == ChannelMode.MODE_ENFORCED);
        if (!allServing) {
            return state(ChannelMode.MODE_INACTIVE, proof.toString());
        }
        return state(policy.auditOnly() ? ChannelMode.MODE_AUDIT_ONLY : ChannelMode.MODE_ENFORCED, proof.toString());
    }

    private static ChannelState state(ChannelMode mode, String detail) {
        return ChannelState.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setMode(mode)
                .setDetail(detail)
                .build();
    }

    private void changed() {
        listener.accept(state());
    }

    @Override
    public void onStateChange(Consumer<ChannelState> next) {
        listener = requireNonNull(next, "listener is null");
    }

    /** Hangs up on all helpers; they stay owners of their clipboards and hand out nothing. */
    @Override
    public void close() {
        closed = true;
        desktops.values().forEach(GuardedDesktop::close);
    }
}
