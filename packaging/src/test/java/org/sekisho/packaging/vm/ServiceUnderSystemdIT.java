package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.VirtualMachine;

/** The agent as systemd's service: hardened, watched, started again, and out of its users' reach. */
@ExtendWith(GuestTerminal.Shared.class)
class ServiceUnderSystemdIT {
    private static final String NUMBER = "123456789018";

    private VirtualMachine machine;
    private GuestTerminal terminal;

    @BeforeEach
    void install(GuestTerminal shared) throws Exception {
        terminal = shared;
        machine = terminal.installed();
        await().atMost(SOON).until(() -> active());
    }

    @Test
    void whatTheUnitTakesAwayIsGone() throws Exception {
        System.out.println(machine.output("systemd-analyze security --no-pager sekisho-agent | tail -n 1"));
        String pid = mainPid();

        String status = machine.output("cat /proc/%s/status".formatted(pid));
        assertThat(status).contains("Seccomp:\\t2".translateEscapes());
        // Loading modules (16), raw I/O (17), the clock (25), making device nodes (27).
        long bounding = Long.parseLong(
                status.lines()
                        .filter(line -> line.startsWith("CapBnd:"))
                        .findFirst()
                        .orElseThrow()
                        .split("\\s+")[1],
                16);
        for (int taken : new int[] {16, 17, 25, 27}) {
            assertThat(bounding >> taken & 1).as("capability " + taken).isZero();
        }
        String inside = "nsenter --mount=/proc/%s/ns/mnt -- ".formatted(pid);
        for (String place : new String[] {"/etc/x", "/usr/x", "/home/alice/x", "/tmp/x", "/proc/sys/kernel/hostname"}) {
            assertThat(machine.run(inside + "sh -c 'echo x >>" + place + "'").exit())
                    .as(place)
                    .isNotZero();
        }
        assertThat(machine.run(inside + "sh -c 'echo x >/var/lib/sekisho/probe && rm /var/lib/sekisho/probe'")
                        .exit())
                .as("its own folder")
                .isZero();
        assertThat(machine.output("stat -c '%a %U' /var/lib/sekisho")).isEqualTo("700 root");
    }

    @Test
    void killedItIsBack() throws Exception {
        String before = mainPid();
        machine.output("kill -KILL " + before);
        await().atMost(SOON).until(() -> active() && !mainPid().equals(before));
    }

    @Test
    void hungItIsEndedByTheWatchdogAndIsBack() throws Exception {
        String before = mainPid();
        machine.output("kill -STOP " + before);
        await().atMost(SOON).until(() -> active() && !mainPid().equals(before));
        assertThat(machine.output("journalctl -q --no-pager -o cat -u sekisho-agent"))
                .contains("Watchdog timeout");
    }

    @Test
    void stoppedItEndsWellAndStartsAgain() throws Exception {
        machine.output("systemctl stop sekisho-agent");
        assertThat(machine.output("systemctl show -p Result --value sekisho-agent"))
                .isEqualTo("success");
        machine.output("systemctl start sekisho-agent");
        assertThat(active()).isTrue();
    }

    @Test
    void aPersonsSessionGetsAHelperOutOfThePersonsReach() throws Exception {
        machine.output(ALICES_DESKTOP);
        await().atMost(SOON)
                .until(() ->
                        machine.output("/opt/sekisho/bin/sekisho-agent status").contains("CLIPBOARD  enforced"));
        String helper = machine.output("pgrep -u sekisho-desktop java");

        assertThat(machine.run("runuser -u alice -- kill -KILL " + helper).exit())
                .isNotZero();
        assertThat(machine.run("runuser -u alice -- cat /proc/%s/environ".formatted(helper))
                        .exit())
                .isNotZero();
        assertThat(machine.run("runuser -u alice -- timeout 20 strace -p " + helper)
                        .err())
                .contains("not permitted");
        assertThat(copied("令和8年度 予算案")).isEqualTo("令和8年度 予算案");
        assertThat(copied("個人番号 " + NUMBER)).isEmpty();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(terminal.attempts("CLIPBOARD")).anySatisfy(event -> {
                    assertThat(event.get("verdict").asText()).isEqualTo("BLOCK");
                    assertThat(event.get("user").asText()).isEqualTo("alice");
                }));

        assertThat(machine.output("journalctl -q --no-pager -o cat"))
                .doesNotContain(NUMBER)
                .doesNotContain("PRIVATE KEY");
        assertThat(machine.run("journalctl -q --no-pager -o cat | grep -F -f /run/token")
                        .exit())
                .as("the enrolment token in the system's log")
                .isNotZero();
        machine.output("systemctl stop alice-desktop");
    }

    private String copied(String text) throws IOException, InterruptedException {
        String asAlice =
                "timeout 60 runuser -u alice -- env DISPLAY=:7 XAUTHORITY=/home/alice/.Xauthority xclip -selection clipboard ";
        machine.output("printf '%s' '" + text + "' | " + asAlice);
        Command pasted = machine.run(asAlice + "-o");
        return pasted.text();
    }

    /** A session of logind's, with an X server that only alice's cookie opens. */
    private static final String ALICES_DESKTOP = """
            cat >/run/alice-desktop <<'END'
            #!/bin/bash
            export XAUTHORITY=/home/alice/.Xauthority
            xauth -q -f $XAUTHORITY add :7 . $(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')
            exec Xvfb :7 -screen 0 640x480x24 -auth $XAUTHORITY -nolisten tcp -extension GLX
            END
            chmod 755 /run/alice-desktop
            systemd-run -q --collect --unit alice-desktop -p PAMName=login -p User=alice -p StandardInput=tty -p TTYPath=/dev/tty7 \
              -p StandardOutput=journal -E XDG_SESSION_TYPE=x11 -E XDG_SEAT=seat0 -E XDG_VTNR=7 -E DISPLAY=:7 bash /run/alice-desktop
            until [ -S /tmp/.X11-unix/X7 ]; do read -r -t 0.2 <> <(:) || true; done
            """;

    private boolean active() throws IOException, InterruptedException {
        return machine.run("systemctl -q is-active sekisho-agent").exit() == 0;
    }

    private String mainPid() throws IOException, InterruptedException {
        return machine.output("systemctl show -p MainPID --value sekisho-agent");
    }
}
