package org.sekisho.agent.policy;

import org.sekisho.agent.channel.ChannelException;
import org.sekisho.policy.Permits;
import org.sekisho.v1.Attempt;

/** The permits that a decision may use, and the count of their uses. Thread-safe. */
public interface PermitDesk {
    /** Nobody has any. */
    PermitDesk EMPTY = new PermitDesk() {
        @Override
        public Permits inForce() {
            return Permits.NONE;
        }

        @Override
        public void use(String permit, String user, Attempt attempt) throws ChannelException {
            throw new ChannelException("there is no permit " + permit);
        }
    };

    /** Those that can be used now. Never waits. */
    Permits inForce();

    /**
     * Counts a use, durably, and records it, before anything is let through under it. A medium that is let in already goes on
     * with the use it has.
     *
     * @throws ChannelException if there is no use left, or it could not be counted: then nothing may be let through
     */
    void use(String permit, String user, Attempt attempt) throws ChannelException;
}
