package org.sekisho.agent.channel.clipboard.x11;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sekisho.agent.channel.ChannelException;

/** Which claims count, as the server counts them. */
final class SelectionLogTest {
    private static final int CLIPBOARD = 300;
    private static final int OTHER = 301;
    private static final int TARGET = 5;

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    /** What each test does, with an id of the guard's and one of a program's. */
    @FunctionalInterface
    private interface Story {
        void tell(SelectionLog log, int guards, int programs);
    }

    private void with(Story story) throws ChannelException {
        try (XConnection guard = XConnection.open(xvfb.display());
                XConnection program = XConnection.open(xvfb.display())) {
            story.tell(new SelectionLog(guard, List.of(CLIPBOARD)), guard.newId(), program.newId());
        }
    }

    private static boolean exposed(SelectionLog log, int requestor) {
        return log.asked(CLIPBOARD, requestor, TARGET).isPresent();
    }

    @Test
    void betweenAProgramsClaimAndTheGuardsItIsExposed() throws ChannelException {
        with((log, guards, programs) -> {
            assertThat(exposed(log, programs)).isFalse();
            log.claimed(CLIPBOARD, programs, 0, 1_000);
            assertThat(log.asked(CLIPBOARD, programs + 1, TARGET))
                    .contains(new SelectionLog.Exposure(CLIPBOARD, programs, 1_000, programs + 1, TARGET));
            log.claimed(CLIPBOARD, guards, 1_000, 1_002);
            assertThat(exposed(log, programs)).isFalse();
            log.claimed(CLIPBOARD, programs, 0, 1_003);
            assertThat(exposed(log, programs)).isTrue();
            log.claimed(CLIPBOARD, 0, 0, 1_004);
            assertThat(exposed(log, programs)).isFalse();
        });
    }

    @Test
    void theGuardsOwnQuestionsAndOtherSelectionsAreNone() throws ChannelException {
        with((log, guards, programs) -> {
            log.claimed(CLIPBOARD, programs, 0, 1_000);
            log.claimed(OTHER, programs, 0, 1_000);
            assertThat(log.asked(CLIPBOARD, guards, TARGET)).isEmpty();
            assertThat(log.asked(OTHER, programs, TARGET)).isEmpty();
        });
    }

    @Test
    void aClaimThatTheServerIgnoresChangesNothing() throws ChannelException {
        with((log, guards, programs) -> {
            log.claimed(CLIPBOARD, guards, 0, 1_000);
            log.claimed(CLIPBOARD, programs, 999, 1_001);
            assertThat(exposed(log, programs)).as("of the past").isFalse();
            log.claimed(CLIPBOARD, programs, 1_002, 1_001);
            assertThat(exposed(log, programs)).as("of the future").isFalse();
            log.claimed(CLIPBOARD, programs, 1_000, 1_001);
            assertThat(exposed(log, programs)).as("of the same moment").isTrue();
        });
    }

    @Test
    void theServersClockWraps() throws ChannelException {
        with((log, guards, programs) -> {
            log.claimed(CLIPBOARD, guards, 0, -1);
            log.claimed(CLIPBOARD, programs, 1, 1);
            assertThat(exposed(log, programs)).isTrue();
            log.claimed(CLIPBOARD, guards, -1, 2);
            assertThat(exposed(log, programs)).as("of before the wrap").isTrue();
        });
    }

    @Test
    void whatAProgramThatHasEndedOwnedIsNobodys() throws ChannelException {
        with((log, guards, programs) -> {
            log.claimed(CLIPBOARD, programs, 0, 1_000);
            log.died(guards);
            assertThat(exposed(log, programs)).isTrue();
            log.died(programs);
            assertThat(exposed(log, programs)).isFalse();
        });
    }
}
