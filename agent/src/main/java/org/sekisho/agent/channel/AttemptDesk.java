package org.sekisho.agent.channel;

import org.sekisho.v1.Attempt;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;

/**
 * Where channels bring what they observe: it decides by the running policy and records in the journal. Thread-safe.
 *
 * <p>Deciding and recording are apart because the record says what became of the attempt. For what is stopped, the record
 * is made durable before the user sees the refusal; for what is let through, before the content is handed out.
 */
public interface AttemptDesk {

    /**
     * Decides by the running policy, in the circumstances of {@code session}'s user. Never blocks on I/O, never throws.
     *
     * @param session the desktop session that the attempt was seen in
     * @param attempt as the decider needs it, unmasked where a rule may have to match a path
     */
    Ruling rule(DesktopSession session, Attempt attempt);

    /**
     * Records an attempt and returns when it is durable. The desk masks what a user can influence.
     *
     * @param justification the user's reason, raw; empty if none was asked for
     * @throws ChannelException if it could not be recorded; the caller must then not let a thing through that the policy
     *     wants recorded
     */
    void record(
            DesktopSession session, Attempt attempt, Decision decision, Enforcement enforcement, String justification)
            throws ChannelException;

    /**
     * What was decided.
     *
     * @param decision by the running policy, as it is, also in audit mode
     * @param letThrough what to do: true also where the policy only audits
     * @param justify a reason is to be asked for first
     * @param notice what to tell the user, in the session's language; empty: nothing
     */
    record Ruling(Decision decision, boolean letThrough, boolean justify, org.sekisho.v1.Notice notice) {}
}
