package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sekisho.agent.channel.media.DescriptorBytes.badUsb;
import static org.sekisho.agent.channel.media.DescriptorBytes.stick;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.media.MediaBench.Recorded;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/** What people are told and asked about their devices. */
class MediaPeopleTest {
    private static final String STICKS = "media:\n  classes: [usb-storage]\nverdict: ";

    private final MediaBench bench = new MediaBench();

    @Test
    void whatWasStoppedIsSaidOnceWithTheRulesOwnWords() throws Exception {
        bench.policy("block");

        bench.plug("1-1", "S", stick(), "sda");
        bench.later();

        assertThat(bench.people.told()).singleElement().satisfies(notice -> {
            assertThat(notice.getJa()).isEqualTo("「Maker Thing」（USB メモリー・外付けディスク）を止めました。\n止めました");
            assertThat(notice.getEn()).isEqualTo("Stopped: “Maker Thing” (USB storage).\nstopped");
        });
    }

    @Test
    void oneDeviceIsOneNotice() throws Exception {
        bench.policy("block");

        bench.plug("1-1", "B", badUsb(), "sda");

        assertThat(bench.people.told())
                .singleElement()
                .satisfies(notice -> assertThat(notice.getJa()).contains("USB メモリー・外付けディスク・キーボード"));
    }

    @Test
    void readOnlyIsSaidAndSoIsWhatCouldNotBeDone() throws Exception {
        bench.policy("block", STICKS + "read-only");

        bench.plug("1-1", "S", stick(), "sda");
        assertThat(bench.people.told().getFirst().getJa()).startsWith("「Maker Thing」（USB メモリー・外付けディスク）は読み取り専用で使えます。");

        bench.bus.broken = "read-only";
        bench.plug("1-2", "T", stick(), "sdb");
        assertThat(bench.people.told().getLast().getEn())
                .contains("could not be controlled")
                .contains("was stopped");
    }

    @Test
    void whatADeviceCallsItselfIsMaskedAndCannotTurnTheTextAround() throws Exception {
        bench.bus.name = "个人 123456789018 \u202Eevil" + "x".repeat(300);
        bench.policy("block");

        bench.plug("1-1", "S", stick());

        assertThat(bench.people.told().getFirst().getJa())
                .doesNotContain("123456789018")
                .doesNotContain("\u202E")
                .hasSizeLessThan(200);
    }

    @Test
    void nobodyIsToldOfWhatIsLetIn() throws Exception {
        bench.policy("block", STICKS + "audit");

        bench.plug("1-1", "S", stick(), "sda");

        assertThat(bench.volumes).containsExactly("+sda rw");
        assertThat(bench.people.told()).isEmpty();
    }

    @Test
    void aReasonLetsItInAndADeclinedOneDoesNot() throws Exception {
        bench.policy("block", STICKS + "justify");
        List<Set<String>> inWhenAsked = new ArrayList<>();
        bench.people.onQuestion(() -> inWhenAsked.add(bench.bus.in("1-1")));
        bench.plug("1-1", "S", stick(), "sda");
        assertThat(inWhenAsked).as("the verdict came first").containsExactly(Set.of());
        bench.later();
        assertThat(bench.people.asked()).as("asked once").singleElement().satisfies(asked -> {
            assertThat(asked.notice().getJa()).startsWith("「Maker Thing」（USB メモリー・外付けディスク）を使うには理由が要ります。");
            assertThat(asked.session()).isEqualTo(bench.person);
        });

        bench.people.asked().getFirst().answer(" for the council ");
        bench.loop.run();

        assertThat(bench.volumes).containsExactly("+sda rw");
        assertThat(bench.records.getLast()).satisfies(record -> {
            assertThat(record.decision().getReason()).isEqualTo(Reason.JUSTIFICATION_GIVEN);
            assertThat(record.justification()).isEqualTo("for the council");
        });
        bench.bus.unplug("1-1");
        bench.loop.run();
        bench.plug("1-1", "S", stick(), "sda");
        assertThat(bench.people.asked())
                .as("it holds until the device is unplugged")
                .hasSize(2);
        bench.people.asked().getLast().answer("");
        bench.loop.run();
        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.records.getLast().decision().getReason()).isEqualTo(Reason.JUSTIFICATION_REFUSED);
        bench.later();
        assertThat(bench.people.asked()).as("who declined is left alone").hasSize(2);
        assertThat(bench.people.told()).isEmpty();
    }

    /** Else whoever has no fonts is asked again and again, and never sees it. */
    @Test
    void whoCouldNotBeShownTheQuestionIsNotAskedAgainAndHasNotDeclined() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.plug("1-1", "S", stick(), "sda");
        bench.people.asked().getFirst().hide();
        bench.loop.run();
        bench.later();

        assertThat(bench.people.asked()).hasSize(1);
        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.records.getLast().decision().getReason()).isEqualTo(Reason.JUSTIFICATION_UNASKED);
    }

    @Test
    void aReasonHoldsUntilThePolicyChanges() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.plug("1-1", "S", stick(), "sda");
        bench.people.asked().getFirst().answer("once");
        bench.loop.run();
        assertThat(bench.bus.in("1-1")).containsExactly("1.0");

        bench.policy(MediaBench.yaml("block", STICKS + "justify").toBuilder()
                .setRevision(4)
                .build());

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.people.asked()).hasSize(2);
    }

    @Test
    void aReasonIsThatPersonsAlone() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.plug("1-1", "S", stick(), "sda");
        bench.people.asked().getFirst().answer("mine");
        bench.loop.run();

        bench.person = new DesktopSession(":0", "jiro", List.of());
        bench.patrol();

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.people.asked()).hasSize(2);
    }

    @Test
    void withNobodyToAskItStaysShutAndTheEventSaysSo() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.people.leave();

        bench.plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.people.asked()).isEmpty();
        assertThat(bench.records)
                .extracting(Recorded::verdict, one -> one.decision().getReason(), Recorded::enforcement)
                .containsExactly(tuple(Verdict.JUSTIFY, Reason.JUSTIFICATION_UNASKED, Enforcement.ENFORCED));

        bench.people.arrive();
        bench.loop.run();
        bench.people.asked().getFirst().answer("now I am here");
        bench.loop.run();
        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
    }

    @Test
    void whereItIsUnclearWhoIsThereNobodyIsAskedAndTheEventSaysSo() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.person = DesktopSession.UNCLEAR;

        bench.plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.people.asked()).isEmpty();
        assertThat(bench.records)
                .extracting(Recorded::verdict, one -> one.decision().getReason(), Recorded::enforcement)
                .containsExactly(tuple(Verdict.JUSTIFY, Reason.PERSON_UNCLEAR, Enforcement.ENFORCED));

        bench.person = new DesktopSession(":1", "jiro", List.of());
        bench.patrol();
        assertThat(bench.people.asked())
                .as("once one is in front")
                .singleElement()
                .satisfies(asked -> assertThat(asked.session()).isEqualTo(bench.person));
    }

    @Test
    void aQuestionThatIsLostIsAskedAgainWhenSomebodyIsThere() throws Exception {
        bench.policy("block", STICKS + "justify");
        bench.plug("1-1", "S", stick(), "sda");

        bench.people.leave();
        bench.people.asked().getFirst().lose();
        bench.loop.run();
        assertThat(bench.records.getLast().decision().getReason()).isEqualTo(Reason.JUSTIFICATION_UNASKED);
        assertThat(bench.bus.in("1-1")).isEmpty();

        bench.people.arrive();
        bench.loop.run();
        assertThat(bench.people.asked()).hasSize(2);
    }

    @Test
    void aStickThatIsPluggedInAnewWhileItsQuestionIsOpenSharesIt() throws Exception {
        bench.policy("block", STICKS + "justify");
        for (int i = 0; i < 100; i++) {
            bench.plug("1-1", "S", stick(), "sda");
            bench.bus.unplug("1-1");
            bench.loop.run();
        }
        bench.plug("1-1", "S", stick(), "sda");
        assertThat(bench.people.asked()).hasSize(1);

        bench.people.asked().getFirst().answer("the cable is loose");
        bench.loop.run();
        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
        bench.plug("1-2", "OTHER", stick(), "sdb");
        assertThat(bench.people.asked()).hasSize(2);
    }
}
