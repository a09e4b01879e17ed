package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class DefaultDenyTest {
    /** A keyboard of two interfaces, a stick, and both in one. */
    private static final String DEVICE = "1201000200000040d1046200000101020301";

    @TempDir
    Path root;

    @Test
    void whatIsInstalledIsTakenAwayWhole() throws Exception {
        DefaultDeny deny = new DefaultDeny(root);
        List<List<String>> reload = deny.remove();

        assertThat(deny.install(true)).startsWith(reload.getFirst()).hasSize(2);
        assertThat(files()).hasSize(4);
        deny.install(true);
        assertThat(deny.remove()).isEqualTo(reload);

        assertThat(files()).isEmpty();
    }

    @Test
    void whatTheMachineStartsFromIsRenewedWhereItHasSuch() throws Exception {
        Path grub = root.resolve("usr/sbin/update-grub");
        Files.createDirectories(grub.getParent());
        Files.createFile(grub, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        DefaultDeny deny = new DefaultDeny(root);

        assertThat(deny.install(true)).last().isEqualTo(List.of("/usr/sbin/update-grub"));
        assertThat(deny.remove()).last().isEqualTo(List.of("/usr/sbin/update-grub"));
        assertThat(deny.remove()).as("nothing left to take away").hasSize(1);
    }

    @Test
    void theKernelDoesNotDenyWhereAPassphraseIsTyped() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/crypttab"), "# name\nroot UUID=1 none luks\n");
        DefaultDeny deny = new DefaultDeny(root);

        assertThatThrownBy(() -> deny.install(true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("passphrase");
        assertThat(files()).hasSize(1);
        assertThat(deny.install(false)).isNotEmpty();
    }

    /** The very script, on a device of files: what it writes is what it would let in. */
    @ParameterizedTest
    @CsvSource({
        "keyboard, 0902220001010080320904000001030101000921110100013f220907058103080a00, 1",
        "hub, 0902190001010080320904000001090000000705810301000c, 1",
        "stick, 0902120001010080320904000000080650 00, 0",
        "BadUSB, 09021b000201008032090400000003010100 090401000008065000, 0",
        "BadUSB in a second configuration, 0902120001010080320904000000030101000902120001020080320904000000080650 00, 0",
        "nothing, '', 0",
        "torn, 0902120001010080320904, 0",
        "a descriptor of no length, 0902120001010080320004000000030101 00, 0"
    })
    void theScriptLetsInWhatIsNothingButInput(String what, String configuration, String authorized) throws Exception {
        new DefaultDeny(root).install(false);
        Path device = Files.createDirectories(root.resolve("1-1"));
        Files.write(device.resolve("descriptors"), HexFormat.of().parseHex(DEVICE + configuration.replace(" ", "")));
        Files.writeString(device.resolve("authorized"), "0\n");

        Process script = new ProcessBuilder(
                        "sh", root.resolve("usr/lib/sekisho/let-in-keyboard").toString(), device.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(script.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .as(what)
                .isEmpty();
        assertThat(script.waitFor()).isZero();
        assertThat(Files.readString(device.resolve("authorized")).strip())
                .as(what)
                .isEqualTo(authorized);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
