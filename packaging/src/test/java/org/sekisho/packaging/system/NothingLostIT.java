package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Installation;

/**
 * Pastes go on while agent, server and database are killed at random and the network is cut: whatever was handed out is on
 * the server exactly once, and the chain is whole.
 */
class NothingLostIT {
    /** Most hit the agent: it is the one that the record depends on. {@code -Dsekisho.kills=200} for a long run. */
    private static final int KILLS = Integer.getInteger("sekisho.kills", 20);

    @TempDir
    Path folder;

    private final Random random = new Random(20261122);

    @Test
    void everyPasteIsThereExactlyOnce() throws Exception {
        try (Installation installation = Installation.start(folder, null, SizedPastes.EACH_ITS_OWN)) {
            SizedPastes pastes = new SizedPastes(installation);
            pastes.pasteUntilHandedOut();
            for (int kill = 0; kill < KILLS; kill++) {
                // One at least that is handed out, so that every kill falls into a stream; then perhaps one more.
                pastes.pasteUntilHandedOut();
                if (random.nextBoolean()) {
                    pastes.paste();
                }
                strike(installation, pastes, kill);
            }
            pastes.pasteUntilHandedOut();

            assertThat(pastes.handedOut()).hasSizeGreaterThanOrEqualTo(KILLS);
            pastes.assertAllThereOnce();
        }
    }

    /** Kills one of the three, or cuts the network; what was killed is started again. */
    private void strike(Installation installation, SizedPastes pastes, int kill) throws Exception {
        int choice = random.nextInt(100);
        if (choice < 80) {
            installation.agent().kill();
            installation.agent().start();
        } else if (choice < 88) {
            installation.server().kill();
            installation.server().start();
        } else if (choice < 95) {
            ProcessHandle.of(installation.server().postgresPid()).ifPresent(ProcessHandle::destroyForcibly);
        } else {
            try (NetworkCut cut = NetworkCut.of(installation.server().portBase() + 1)) {
                pastes.pasteUntilHandedOut();
                assertThat(cut.port()).as("kill %s with the network cut", kill).isPositive();
            }
        }
    }
}
