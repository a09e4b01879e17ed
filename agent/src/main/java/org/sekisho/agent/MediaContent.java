package org.sekisho.agent;

import org.sekisho.agent.policy.RunningPolicy;
import org.sekisho.v1.Channel;

/** Whether the running policy asks what files on media carry. Pure. */
final class MediaContent {
    private MediaContent() {}

    /** True also without a policy: then nothing is let through. */
    static boolean isAskedFor(RunningPolicy policy) {
        return policy.revision() == 0
                || policy.policy().getRulesList().stream()
                        .anyMatch(rule -> !rule.getDisabled()
                                && rule.getChannel() == Channel.MEDIA
                                && rule.getContentCount() > 0);
    }
}
