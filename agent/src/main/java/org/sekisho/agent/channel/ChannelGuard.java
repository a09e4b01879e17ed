package org.sekisho.agent.channel;

import java.util.function.Consumer;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Policy;

/**
 * Guards one way out of the terminal, from the service's side.
 *
 * <p>A policy switch is all or nothing: {@link #prepare} is called on every guard and may refuse; only if none does is
 * {@link Prepared#commit} called on each. Between the two the policy before goes on. Thread-safe.
 */
public interface ChannelGuard extends AutoCloseable {

    /** The channel that this guards. Constant. */
    Channel channel();

    /**
     * Readies the channel for a policy without changing what is enforced.
     *
     * @throws ChannelException if this channel can't carry the policy out; says what was tried and what to do
     */
    Prepared prepare(Policy policy) throws ChannelException;

    /** How the channel stands now, from what was read back from the operating system, never from what was asked of it. */
    ChannelState state();

    /** Has {@code listener} called, on a thread of the guard's, whenever {@link #state} changes. One listener at most. */
    void onStateChange(Consumer<ChannelState> listener);

    /** Stops guarding. What denies by default at the OS stays denied. */
    @Override
    void close();

    /** A policy that a guard is ready to carry out. */
    interface Prepared {

        /**
         * Enforces the policy and reads back that it holds.
         *
         * @return the state that was read back
         */
        ChannelState commit();

        /** Drops what was prepared. */
        void abandon();
    }
}
