package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.VirtualMachine;

/**
 * Sticks that are let in, with FAT on them as bought, under the service as it is installed: what is on them, and for how long.
 */
@ExtendWith(GuestTerminal.Shared.class)
class CheckedStickIT {
    private static final String CLEAN = "Minutes of the meeting: nothing was decided.";
    private static final String NUMBER = "1234-5678-9018";

    private GuestTerminal terminal;
    private VirtualMachine machine;

    @BeforeEach
    void ruled(GuestTerminal shared) throws Exception {
        terminal = shared;
        machine = terminal.atWork();
        terminal.publish(CheckedStick.RULES);
    }

    @Test
    void nobodyGetsPastTheCheck() throws Exception {
        try (CheckedStick stick = CheckedStick.plug(terminal, "ALLOWED-PAST")) {
            String point = stick.mounted();
            assertThat(stick.alice("echo " + NUMBER + " >/dev/sda").exit()).isNotZero();
            assertThat(stick.alice("echo " + NUMBER + " >/dev/sda1").exit()).isNotZero();
            // A mount by another way leads to the same files, which are guarded whatever the way.
            // Not by a redirection, whose end no shell looks at.
            assertThat(machine.run(
                                    "mount --bind '%s' /srv; echo %s | dd of=/srv/bind.txt; exit=$?; umount /srv; exit $exit"
                                            .formatted(point, NUMBER))
                            .exit())
                    .as("root, by a bind mount")
                    .isNotZero();
            assertThat(machine.run("unshare --mount sh -c 'mount /dev/sda1 /mnt && echo %s >/mnt/own.txt'"
                                    .formatted(NUMBER))
                            .exit())
                    .as("root, by a mount in a namespace of its own")
                    .isNotZero();
            assertThat(machine.run("nsenter --mount=/proc/$(pgrep -f files.MediaMountMain | head -n 1)/ns/mnt"
                                    + " sh -c 'echo " + NUMBER + " >/mnt/inside.txt'")
                            .exit())
                    .as("root, in the namespace of the process that serves it")
                    .isNotZero();
            // An image that lies on the stick is a file like any other, also when it is written through a loop device.
            assertThat(stick.alice("truncate -s 2M image && /sbin/mkfs.vfat image >/dev/null")
                            .exit())
                    .isZero();
            machine.run(
                    "mkdir -p /run/inner; mount -o loop '%s/image' /run/inner && echo %s >/run/inner/a.txt; umount /run/inner"
                            .formatted(point, NUMBER));
            machine.output("sync");
            assertThat(stick.raw()).as("all of the medium").doesNotContain(NUMBER);
        }
    }

    @Test
    void aPartitionThatIsHiddenOrCameLaterIsCheckedAsAnyOther() throws Exception {
        Path medium = machine.stick("ALLOWED-HIDDEN");
        String hide = "truncate -s 160M \"$0\"; echo 'start=131072, size=65536, type=1b' | sfdisk -q --append \"$0\";"
                + " mkfs.vfat -F 32 -n HIDDEN --offset 131072 \"$0\" 32768;"
                + " mkfs.vfat -F 32 -n LATER --offset 196608 \"$0\" 32768";
        assertThat(Command.run(Duration.ofMinutes(1), Map.of(), new byte[0], "sh", "-ec", hide, medium.toString())
                        .exit())
                .isZero();
        try (CheckedStick stick = CheckedStick.plug(terminal, "ALLOWED-HIDDEN", medium)) {
            await().atMost(SOON)
                    .until(() -> machine.run("ls /run/media/alice/HIDDEN* && ls /run/media/alice/STICK*")
                                    .exit()
                            == 0);
            String copy = "runuser -u alice -- sh -c 'cd; echo %s >%s && cp %2$s /run/media/alice/HIDDEN*/'";
            assertThat(machine.run(copy.formatted(NUMBER, "hidden.txt")).exit()).isNotZero();
            assertThat(machine.run(copy.formatted("minutes", "open.txt")).exit())
                    .isZero();

            assertThat(stick.files(2))
                    .extracting(file -> media(file).at("/file/name").asText() + " "
                            + file.get("verdict").asText())
                    .containsExactly("open.txt AUDIT", "hidden.txt BLOCK");

            // Root can write into the table underneath, and gains nothing by it.
            machine.output("echo 'start=196608, size=65536, type=c' | sfdisk -q --force --no-reread --append /dev/sda"
                    + " && partx -a --nr 3 /dev/sda");
            await().atMost(SOON)
                    .until(() -> machine.run("ls /run/media/alice/LATER*").exit() == 0);
            assertThat(machine.run(copy.replace("HIDDEN", "LATER").formatted(NUMBER, "later.txt"))
                            .exit())
                    .isNotZero();
            assertThat(stick.files(3).getFirst().get("verdict").asText()).isEqualTo("BLOCK");
            assertThat(stick.raw()).doesNotContain(NUMBER);
        }
    }

    @Test
    void accessIsTakenAndGivenWhileItIsPluggedIn() throws Exception {
        try (CheckedStick stick = CheckedStick.plug(terminal, "ALLOWED-LIVE")) {
            assertThat(stick.alice("echo \"" + CLEAN
                                    + "\" >kept.txt && sync kept.txt && (tail -f /dev/null >>open.txt &)")
                            .exit())
                    .isZero();
            UeventRecord record = UeventRecord.open(machine);

            terminal.publish(CheckedStick.RULES.replace("ALLOWED", "OTHERS"));
            stick.gone();
            assertThat(stick.damage()).as("what fsck says").isEmpty();
            assertThat(stick.raw()).contains(CLEAN);
            assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);

            terminal.publish(CheckedStick.RULES);
            assertThat(stick.alice("cat kept.txt").text()).isEqualTo(CLEAN + "\n");
            record.end();
        }
    }

    @Test
    void aPermitOpensItsStickAlsoOfflineUntilItEndsOrIsRevoked() throws Exception {
        try (CheckedStick stick = CheckedStick.plug(terminal, "PERMIT-1")) {
            JsonNode stopped = stopped("PERMIT-1");
            // Twice as long if the machine was too slow to have it open before its end.
            for (int seconds = 60; !stick.isMounted(); seconds *= 2) {
                String permit = grant(stopped, seconds);
                await().atMost(SOON).until(() -> stick.isMounted() || isOver(permit));
            }
            terminal.connected(false);
            machine.output("date -s '-1 hour' # which makes no permit longer");
            stick.gone();
            machine.output("date -s '+1 hour'");
            terminal.connected(true);

            String second = grant(stopped, 3_600);
            stick.mounted();
            terminal.connected(false);
            stick.replug();
            assertThat(stick.alice("echo \"" + CLEAN + "\" >permitted.txt").exit())
                    .as("plugged in anew without the server")
                    .isZero();
            terminal.connected(true);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(terminal.rest()
                                    .get("/api/v1/permits/" + second + "/events")
                                    .get("items"))
                            .extracting(event -> event.get("kind").asText()
                                    + media(event).at("/file/name").asText())
                            .contains("PERMIT_USED", "ATTEMPTpermitted.txt"));
            terminal.rest().post("/api/v1/permits/" + second + "/revoke", Map.of("reason", "system test"));
            stick.gone();
        }
    }

    private JsonNode stopped(String serial) {
        JsonNode stopped = await().atMost(SOON)
                .until(() -> terminal.attemptsWith(serial), found -> !found.isEmpty())
                .getFirst();
        assertThat(stopped.get("verdict").asText()).isEqualTo("BLOCK");
        return stopped;
    }

    private boolean isOver(String permit) throws Exception {
        return terminal.rest()
                .get("/api/v1/permits/" + permit)
                .get("state")
                .asText()
                .equals("ENDED");
    }

    private String grant(JsonNode attempt, long seconds) throws Exception {
        JsonNode granted = terminal.rest()
                .post(
                        "/api/v1/permits",
                        Map.of(
                                "event",
                                Map.of(
                                        "terminal",
                                        attempt.get("terminal").asText(),
                                        "seq",
                                        attempt.get("seq").asLong()),
                                "until",
                                Instant.now().plusSeconds(seconds).toString(),
                                "uses",
                                0,
                                "reason",
                                "system test"));
        return granted.get("id").asText();
    }
}
