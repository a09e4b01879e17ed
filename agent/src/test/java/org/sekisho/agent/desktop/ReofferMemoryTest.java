package org.sekisho.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;

final class ReofferMemoryTest {
    private static final Process EDITOR = Process.newBuilder().setPid(10).build();
    private static final Process MANAGER = Process.newBuilder().setPid(20).build();

    private final ReofferMemory memory = new ReofferMemory();

    private static ContentLook.Seen seen(Process source, String... hashes) {
        Attempt attempt = Attempt.newBuilder()
                .setClipboard(ClipboardSubject.newBuilder().setSource(source))
                .build();
        return new ContentLook.Seen(attempt, Reason.REASON_UNSPECIFIED, Set.of(hashes));
    }

    private Process tracedSource(ContentLook.Seen seen) {
        return memory.trace(seen).attempt().getClipboard().getSource();
    }

    @Test
    void aManagerThatWasGivenAContentIsNotItsSource() {
        memory.handedOut(MANAGER, seen(EDITOR, "text", "html"));
        assertThat(tracedSource(seen(MANAGER, "text"))).isEqualTo(EDITOR);
    }

    @Test
    void theFirstSourceStaysThroughSeveralManagers() {
        Process second = Process.newBuilder().setPid(30).build();
        memory.handedOut(MANAGER, seen(EDITOR, "text"));
        memory.handedOut(second, memory.trace(seen(MANAGER, "text")));
        assertThat(tracedSource(seen(second, "text"))).isEqualTo(EDITOR);
    }

    @Test
    void whatAProgramWasNotGivenIsItsOwn() {
        memory.handedOut(MANAGER, seen(EDITOR, "text"));
        assertThat(tracedSource(seen(MANAGER, "other"))).isEqualTo(MANAGER);
        assertThat(tracedSource(seen(EDITOR, "text"))).isEqualTo(EDITOR);
    }

    @Test
    void aProgramThatIsNotKnownIsNeverTakenForAnother() {
        Process unknown = Process.getDefaultInstance();
        memory.handedOut(unknown, seen(EDITOR, "text"));
        assertThat(tracedSource(seen(unknown, "text"))).isEqualTo(unknown);
    }
}
