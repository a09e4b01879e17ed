package org.sekisho.agent;

import java.io.IOException;
import org.sekisho.agent.permit.HeldMediaRegister;
import org.sekisho.agent.permit.HeldPermits;

/** What this terminal holds of permits and of the media register. */
record AgentPermits(HeldPermits held, HeldMediaRegister register) {
    /** Takes up what was kept. */
    void start() throws IOException {
        held.start();
        register.start();
    }
}
