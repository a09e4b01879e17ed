package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.clipboard.LinuxPrograms;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Process;

/** Who goes on for a real xclip, which leaves its connection to a child and ends. */
final class ForkedOwnersTest {
    /** Above any that Linux gives (proc(5), pid_max). */
    private static final int ENDED = 5_000_000;

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    private final Process ended = Process.newBuilder().setPid(ENDED).build();
    private final LinuxPrograms programs = new LinuxPrograms();

    private void copy(String selection) throws Exception {
        xvfb.run("content".getBytes(UTF_8), "sh", "-c", "xclip -i -selection " + selection + " >/dev/null 2>&1");
    }

    @Test
    void theChildsProgramIsFound() throws Exception {
        copy("clipboard");

        Process heir = programs.heir(xvfb.display(), ended, Set.of(ENDED));

        assertThat(heir.getPid()).isEqualTo(ENDED);
        assertThat(heir.getPath()).endsWith("/xclip");
        assertThat(heir.getSha256()).hasSize(64);
    }

    /** Each xclip ends with the takeover: one that is looked at after that is found by chance. */
    @Test
    void theGuardKeepsTheChildUntilItHasBeenLookedAt(@TempDir Path held) throws Exception {
        List<Process> found = new CopyOnWriteArrayList<>();
        TestGate gate = TestGate.refusing();
        gate.lookFromNowOn((pid, clients) -> CompletableFuture.runAsync(() -> {
            Process seen = programs.identify(Process.newBuilder().setPid(pid).build());
            found.add(seen.getPath().isEmpty() ? programs.heir(xvfb.display(), seen, clients) : seen);
        }));
        try (Guarded guarded = new Guarded(xvfb.display(), held, gate, Guarded.lookingFor(Guarded.SOON))) {
            for (int copies = 1; copies <= 10; copies++) {
                copy("clipboard");
                int taken = copies;
                await().atMost(Guarded.SOON).until(() -> gate.captures().size() == taken);
            }
            assertThat(guarded.state().getMode()).isEqualTo(ChannelMode.MODE_ENFORCED);
        }
        assertThat(found)
                .hasSize(10)
                .allSatisfy(one -> assertThat(one.getPath()).endsWith("/xclip"));
    }

    @Test
    void severalChildrenOfOneProgramAreNoDoubt() throws Exception {
        copy("clipboard");
        copy("primary");

        assertThat(programs.heir(xvfb.display(), ended, Set.of(ENDED)).getPath())
                .endsWith("/xclip");
    }

    @Test
    void aProgramThatTheDisplayKnowsIsNobodysHeir() throws Exception {
        java.lang.Process known = xvfb.xclip("content".getBytes(UTF_8), "-selection", "clipboard");

        assertThat(programs.heir(xvfb.display(), ended, Set.of(ENDED, (int) known.pid())))
                .isEqualTo(ended);
    }

    @Test
    void withoutAnyConnectionItStaysUnknown() {
        assertThat(programs.heir(xvfb.display(), ended, Set.of(ENDED))).isEqualTo(ended);
    }
}
