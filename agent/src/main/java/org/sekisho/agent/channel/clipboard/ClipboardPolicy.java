package org.sekisho.agent.channel.clipboard;

import org.sekisho.v1.Channel;
import org.sekisho.v1.Policy;
import org.sekisho.v1.PolicyHint;

/**
 * What the clipboard's guard itself must know of the running policy. Everything else is the decider's.
 *
 * @param revision the running one; 0 for none
 * @param auditOnly nothing is stopped
 * @param asksForContent some rule for the clipboard has a condition on content, so what could not be inspected whole must not
 *     pass by it
 */
record ClipboardPolicy(long revision, boolean auditOnly, boolean asksForContent) {
    /** No policy: nothing is let through, whatever it is. */
    static final ClipboardPolicy NONE = new ClipboardPolicy(0, false, true);

    static ClipboardPolicy of(Policy policy) {
        boolean asks = policy.getRulesList().stream()
                .anyMatch(rule ->
                        !rule.getDisabled() && rule.getChannel() == Channel.CLIPBOARD && rule.getContentCount() > 0);
        return new ClipboardPolicy(policy.getRevision(), policy.getAuditOnly(), asks);
    }

    PolicyHint hint(long maxBytes) {
        return PolicyHint.newBuilder()
                .setRevision(revision)
                .setMaxBytes(maxBytes)
                .build();
    }
}
