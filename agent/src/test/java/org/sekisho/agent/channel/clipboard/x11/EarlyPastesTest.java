package org.sekisho.agent.channel.clipboard.x11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;

/** Which content a paste is told of, in whatever order claims and pastes are heard of. */
final class EarlyPastesTest {
    private static final int CLIPBOARD = 300;
    private static final int TEXT = 5;
    private static final int OFFICE = 0x400001;
    private static final int OTHER = 0x500001;
    private static final int GREEDY = 0x600001;

    private final TestGate gate = TestGate.refusing();
    private final List<Integer> described = new ArrayList<>();
    private final EarlyPastes pastes = new EarlyPastes(gate, this::describe, source -> capture(-1, source));

    private Process describe(int window) {
        described.add(window);
        return Process.newBuilder().setPid(window).build();
    }

    private static Capture capture(long id, Process source) {
        return new Capture(id, Selection.CLIPBOARD_SELECTION, source, List.of(), Duration.ZERO, id > 0);
    }

    private void claimed(int owner, int time) throws ChannelException {
        pastes.claimed(owner, time, Process.newBuilder().setPid(owner).build());
    }

    private void claimedAndRead(int owner, int time) throws ChannelException {
        claimed(owner, time);
        pastes.read(capture(time, Process.getDefaultInstance()));
    }

    private void pasted(int owner, int since, int requestor) throws ChannelException {
        pastes.pasted(new SelectionLog.Exposure(CLIPBOARD, owner, since, requestor, TEXT), "UTF8_STRING");
    }

    /** The captures that were told of, by id; -1 is one that was not read. */
    private List<Long> told() {
        return gate.early().stream().map(early -> early.capture().id()).toList();
    }

    @Test
    void aPasteWhileTheContentIsReadIsToldWhenItHasBeen() throws Exception {
        claimed(OFFICE, 1_000);
        pasted(OFFICE, 999, GREEDY);
        assertThat(told()).isEmpty();

        pastes.read(capture(1_000, Process.getDefaultInstance()));

        assertThat(told()).containsExactly(1_000L);
        assertThat(gate.early().get(0).destination().getPid()).isEqualTo(GREEDY);
        assertThat(gate.early().get(0).target()).isEqualTo("UTF8_STRING");
    }

    /** Otherwise a number that was copied behind a clean text would be told of as the clean text. */
    @Test
    void aPasteThatIsToldOfBeforeItsClaimIsNotOneOfTheContentBefore() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        pasted(OFFICE, 2_000, GREEDY);
        pasted(OFFICE, 2_000, GREEDY);
        assertThat(told()).isEmpty();

        claimedAndRead(OFFICE, 2_001);
        pasted(OFFICE, 2_000, GREEDY);

        assertThat(told()).containsExactly(2_001L);
    }

    @Test
    void aPasteThatIsToldOfBehindTheNextClaimIsOneOfTheContentBefore() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        claimedAndRead(OFFICE, 2_000);
        pasted(OFFICE, 1_000, GREEDY);
        pasted(OFFICE, 1_000, GREEDY);

        assertThat(told()).containsExactly(1_000L);
    }

    @Test
    void aRequestorIsToldOfOnceForEachContentAndLookedAtAsOften() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        for (int time = 0; time < 100; time++) {
            pasted(OFFICE, 1_000, GREEDY);
        }
        pasted(OFFICE, 1_000, GREEDY + 1);
        claimedAndRead(OFFICE, 2_000);
        pasted(OFFICE, 2_000, GREEDY);

        assertThat(told()).containsExactly(1_000L, 1_000L, 2_000L);
        assertThat(described).containsExactly(GREEDY, GREEDY + 1, GREEDY);
    }

    @Test
    void nobodyKeepsTheGuardBusyUnderManyWindows() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        for (int window = 0; window < 100; window++) {
            pasted(OFFICE, 1_000, GREEDY + window);
            pasted(OFFICE, 5_000, GREEDY + window);
        }

        assertThat(told()).hasSize(X11Limits.EARLY);
        assertThat(described).hasSize(X11Limits.EARLY + EarlyPastes.AHEAD);
        assertThat(pastes.missed()).isTrue();
    }

    @Test
    void asManyPastesAsAreKeptAreNoneTooMany() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        for (int again = 0; again < 2; again++) {
            for (int window = 0; window < X11Limits.EARLY; window++) {
                pasted(OFFICE, 1_000, GREEDY + window);
            }
            for (int window = 0; window < EarlyPastes.AHEAD; window++) {
                pasted(OFFICE, 5_000, GREEDY + window);
            }
        }
        assertThat(pastes.missed()).isFalse();

        pasted(OFFICE, 5_000, GREEDY + EarlyPastes.AHEAD);

        assertThat(pastes.missed()).isTrue();
    }

    @Test
    void oneProgramTooManyForOneContentIsSaidToBeMissed() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        for (int window = 0; window < X11Limits.EARLY; window++) {
            pasted(OFFICE, 1_000, GREEDY + window);
        }
        assertThat(pastes.missed()).isFalse();

        pasted(OFFICE, 1_000, GREEDY + X11Limits.EARLY);

        assertThat(pastes.missed()).isTrue();
    }

    @Test
    void twoProgramsThatCopyInOneMomentAreToldApart() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        pasted(OTHER, 1_000, GREEDY);
        assertThat(told()).isEmpty();

        claimed(OTHER, 1_000);
        pastes.read(capture(7, Process.getDefaultInstance()));

        assertThat(told()).containsExactly(7L);
    }

    @Test
    void aContentThatIsNotReadAnyFurtherIsToldOfAsOneCapture() throws Exception {
        claimed(OFFICE, 1_000);
        pasted(OFFICE, 1_000, GREEDY);
        pastes.givenUp();
        pasted(OFFICE, 1_000, GREEDY + 1);

        assertThat(told()).containsExactly(-1L, -1L);
        assertThat(gate.captures()).hasSize(1);
        assertThat(gate.captures().get(0).source().getPid()).isEqualTo(OFFICE);
    }

    @Test
    void aContentOfLongAgoCountsAsUnreadAndIsToldOfOnce() throws Exception {
        for (int claim = 0; claim <= EarlyPastes.CONTENTS; claim++) {
            claimedAndRead(OFFICE, 1_000 + 10 * claim);
        }
        pasted(OFFICE, 1_000, GREEDY);
        pasted(OFFICE, 1_000, GREEDY);
        pasted(OFFICE, 1_010, GREEDY);

        assertThat(told()).containsExactly(-1L, 1_010L);
    }

    @Test
    void aClaimThatIsNeverHeardOfCountsAsUnreadOnceTheNextIs() throws Exception {
        claimedAndRead(OFFICE, 1_000);
        pasted(OTHER, 1_500, GREEDY);
        assertThat(told()).isEmpty();

        claimedAndRead(OFFICE, 2_000);

        assertThat(told()).containsExactly(-1L);
        assertThat(gate.early().get(0).capture().source().getPid()).isEqualTo(OTHER);
    }

    @Test
    void whatStillWaitsIsToldOfAtTheEnd() throws Exception {
        claimed(OFFICE, 1_000);
        pasted(OFFICE, 1_000, GREEDY);
        pasted(OTHER, 2_000, GREEDY);

        pastes.close();

        assertThat(told()).containsExactly(-1L, -1L);
    }

    @Test
    void theServersClockWraps() throws Exception {
        claimedAndRead(OFFICE, Integer.MAX_VALUE);
        pasted(OFFICE, Integer.MIN_VALUE + 3, GREEDY);
        assertThat(told()).isEmpty();

        claimed(OFFICE, Integer.MIN_VALUE + 3);
        pastes.read(capture(9, Process.getDefaultInstance()));

        assertThat(told()).containsExactly(9L);
    }
}
