package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.agent.channel.DesktopSession;

/** Who is in front, by the real library and a {@code /run/systemd} of the test's own, as logind writes it. */
@EnabledOnOs(OS.LINUX)
class FrontSessionTest {
    private static final DesktopSession ROOT = new DesktopSession(":0", "root", List.of());
    private static final DesktopSession DAEMON = new DesktopSession(":1", "daemon", List.of());

    /** What another process is told that has these files in its {@code /run/systemd}. */
    private static String told(String... files) throws Exception {
        assumeThat(System.getProperty("user.name")).as("mounting takes root").isEqualTo("root");
        assumeThat(Path.of("/run/systemd")).exists();
        StringBuilder script = new StringBuilder("mount -t tmpfs tmpfs /run/systemd; mkdir /run/systemd/seats")
                .append(" /run/systemd/sessions; cd /run/systemd; ");
        for (String file : files) {
            String[] parts = file.split("=", 2);
            script.append("printf '")
                    .append(parts[1])
                    .append("' >")
                    .append(parts[0])
                    .append("; ");
        }
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "sh", "-ec", script + "exec \"$0\" \"$@\""));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FrontSessionMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void isTheActiveSessionOfTheTerminalsOwnSeat() throws Exception {
        assertThat(told(
                        "seats/seat0=IS_SEAT0=1\\nACTIVE=c2\\nACTIVE_UID=1\\n",
                        "sessions/c1=UID=0\\nUSER=root\\nACTIVE=0\\nSTATE=online\\nDISPLAY=:0\\n",
                        "sessions/c2=UID=1\\nUSER=daemon\\nACTIVE=1\\nSTATE=active\\nDISPLAY=:1\\n"))
                .isEqualTo(new FrontSession(1, ":1").toString());
    }

    @Test
    void hasNoDisplayWhereLogindWasNotToldOfOne() throws Exception {
        assertThat(told(
                        "seats/seat0=IS_SEAT0=1\\nACTIVE=2\\nACTIVE_UID=0\\n",
                        "sessions/2=UID=0\\nUSER=root\\nACTIVE=1\\nSTATE=active\\n"))
                .isEqualTo(new FrontSession(0, "").toString());
    }

    @Test
    void isNobodyWithoutLogind() throws Exception {
        assertThat(told()).isEqualTo("nobody");
    }

    @Test
    void isFoundAmongTheDesktopsByDisplayAndPerson() {
        List<DesktopSession> both = List.of(ROOT, DAEMON);
        assertThat(LinuxDesktopSessions.of(new FrontSession(1, ":1"), both)).contains(DAEMON);
        assertThat(LinuxDesktopSessions.of(new FrontSession(0, ""), both)).contains(ROOT);
        assertThat(LinuxDesktopSessions.of(new FrontSession(1, ":0"), both))
                .as("somebody else's display")
                .isEmpty();
        assertThat(LinuxDesktopSessions.of(new FrontSession(64_000, ":7"), both))
                .as("the log-on screen")
                .isEmpty();
        assertThat(LinuxDesktopSessions.of(
                        new FrontSession(0, ""), List.of(ROOT, new DesktopSession(":2", "root", List.of()))))
                .as("one person with two desktops")
                .isEmpty();
    }
}
