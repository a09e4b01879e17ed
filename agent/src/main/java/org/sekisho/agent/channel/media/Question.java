package org.sekisho.agent.channel.media;

import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.v1.Decision;

/** What a reason for a device is asked for and given for: one rule of one revision, to one person. */
record Question(String rule, long revision, String user) {
    static Question of(Decision decision, DesktopSession person) {
        return new Question(decision.getRule(), decision.getRevision(), person.user());
    }
}
