package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Policy;

/**
 * A guard whose hands are the helpers in the sessions: where a session has no living helper, the channel has failed,
 * whatever the others say. Thread-safe.
 */
public final class SupervisedGuard implements ChannelGuard {
    private final ChannelGuard guard;
    private final Supplier<List<String>> unguarded;
    private volatile Consumer<ChannelState> listener = state -> {};

    /**
     * A guard over {@code guard}.
     *
     * @param unguarded as {@link DesktopSupervisor#unguarded}
     */
    public SupervisedGuard(ChannelGuard guard, Supplier<List<String>> unguarded) {
        this.guard = requireNonNull(guard, "guard is null");
        this.unguarded = requireNonNull(unguarded, "unguarded is null");
    }

    /** To be called when what {@code unguarded} gives has changed. */
    public void supervisionChanged() {
        listener.accept(state());
    }

    @Override
    public Channel channel() {
        return guard.channel();
    }

    @Override
    public Prepared prepare(Policy policy) throws ChannelException {
        Prepared prepared = guard.prepare(policy);
        return new Prepared() {
            @Override
            public ChannelState commit() {
                return overlaid(prepared.commit());
            }

            @Override
            public void abandon() {
                prepared.abandon();
            }
        };
    }

    @Override
    public ChannelState state() {
        return overlaid(guard.state());
    }

    @Override
    public void onStateChange(Consumer<ChannelState> next) {
        listener = requireNonNull(next, "listener is null");
        guard.onStateChange(state -> listener.accept(overlaid(state)));
    }

    @Override
    public void close() {
        guard.close();
    }

    private ChannelState overlaid(ChannelState state) {
        List<String> reasons = unguarded.get();
        return reasons.isEmpty()
                ? state
                : state.toBuilder()
                        .setMode(ChannelMode.MODE_FAILED)
                        .setDetail(String.join(" | ", reasons))
                        .build();
    }
}
