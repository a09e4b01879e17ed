package org.sekisho.agent.channel;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Policy;

/**
 * Stands for a channel that this agent can't guard on this platform, so that everybody sees that it doesn't. Takes any
 * policy and enforces nothing. Thread-safe.
 */
public final class UnsupportedChannel implements ChannelGuard {
    private final ChannelState state;

    /**
     * A stand-in.
     *
     * @param why for people
     */
    public UnsupportedChannel(Channel channel, String why) {
        this.state = ChannelState.newBuilder()
                .setChannel(requireNonNull(channel, "channel is null"))
                .setMode(ChannelMode.MODE_UNSUPPORTED)
                .setDetail(requireNonNull(why, "why is null"))
                .build();
    }

    @Override
    public Channel channel() {
        return state.getChannel();
    }

    @Override
    public Prepared prepare(Policy policy) {
        return new Prepared() {
            @Override
            public ChannelState commit() {
                return state;
            }

            @Override
            public void abandon() {}
        };
    }

    @Override
    public ChannelState state() {
        return state;
    }

    @Override
    public void onStateChange(Consumer<ChannelState> listener) {}

    @Override
    public void close() {}
}
