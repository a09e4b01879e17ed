package org.sekisho.agent;

import org.sekisho.agent.schedule.ThreadLoop;

/** The agent's loops: what takes its time on one never holds another up. */
record AgentLoops(ThreadLoop local, ThreadLoop policy, ThreadLoop desktop, ThreadLoop media, ThreadLoop uplink) {
    static AgentLoops start() {
        return new AgentLoops(
                new ThreadLoop("local"),
                new ThreadLoop("policy"),
                new ThreadLoop("desktops"),
                ThreadLoop.urgent("media"),
                new ThreadLoop("uplink"));
    }

    /** Runs {@code then} only if every loop still runs its tasks. */
    void ifAlive(Runnable then) {
        local.execute(() -> policy.execute(() -> desktop.execute(() -> media.execute(() -> uplink.execute(then)))));
    }
}
