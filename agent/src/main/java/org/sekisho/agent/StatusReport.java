package org.sekisho.agent;

import java.util.List;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.StatusAnswer;

/**
 * What a process of this terminal may know of how the agent stands. Anybody sees whether it works; names of rules, displays
 * and people, and how much waits to be sent, are for root and administrators. Pure.
 */
final class StatusReport {
    private StatusReport() {}

    static StatusAnswer of(StatusAnswer all, Peer peer, String self) {
        if (peer.privileged() || peer.user().equals(self)) {
            return all;
        }
        List<ChannelState> bare = all.getChannelsList().stream()
                .map(state -> state.toBuilder().clearDetail().build())
                .toList();
        return StatusAnswer.newBuilder()
                .setTerminal(all.getTerminal())
                .setConnected(all.getConnected())
                .setRunningRevision(all.getRunningRevision())
                .setAgentVersion(all.getAgentVersion())
                .addAllChannels(bare)
                .build();
    }
}
