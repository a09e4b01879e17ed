package org.sekisho.agent.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Policy;

/** A guard that fails where a test says so, and remembers what it enforces. */
public final class ScriptedGuard implements ChannelGuard {
    /** Revisions in the order in which they were committed. */
    public final List<Long> enforced = new ArrayList<>();

    /** Revisions that were abandoned. */
    public final List<Long> abandoned = new ArrayList<>();

    long refusesToPrepare = -1;
    long throwsOnCommit = -1;
    long doesNotHold = -1;
    private final Channel channel;
    private ChannelMode mode = ChannelMode.MODE_ENFORCED;

    public ScriptedGuard(Channel channel) {
        this.channel = channel;
    }

    void failOnItsOwn() {
        mode = ChannelMode.MODE_FAILED;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Prepared prepare(Policy policy) throws ChannelException {
        long revision = policy.getRevision();
        if (revision == refusesToPrepare) {
            throw new ChannelException("no room for revision " + revision);
        }
        return new Prepared() {
            @Override
            public ChannelState commit() {
                if (revision == throwsOnCommit) {
                    throw new IllegalStateException("EIO (5)");
                }
                if (revision == doesNotHold) {
                    return state().toBuilder()
                            .setMode(ChannelMode.MODE_FAILED)
                            .setDetail("read back: not set")
                            .build();
                }
                enforced.add(revision);
                return state();
            }

            @Override
            public void abandon() {
                abandoned.add(revision);
            }
        };
    }

    @Override
    public ChannelState state() {
        return ChannelState.newBuilder().setChannel(channel).setMode(mode).build();
    }

    @Override
    public void onStateChange(Consumer<ChannelState> listener) {}

    @Override
    public void close() {}
}
