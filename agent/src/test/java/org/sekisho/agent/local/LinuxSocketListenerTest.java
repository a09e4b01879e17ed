package org.sekisho.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxSocketListenerTest extends LocalListenerContract {
    @TempDir
    private Path folder;

    @Override
    String newAddress() {
        return folder.resolve("agent.sock").toString();
    }

    @Override
    LocalListener listen(String address) throws IOException {
        return new LinuxSocketListener(Path.of(address));
    }

    @Override
    LocalConnection connect(String address) throws IOException {
        return LinuxSocketConnection.connect(address);
    }

    @Test
    void everyAccountMayConnect() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("agent.sock"))))
                .isEqualTo("rw-rw-rw-");
    }

    @Test
    void aSocketThatAKilledServiceLeftIsReplaced() throws Exception {
        Path left = folder.resolve("left.sock");
        Process killed = new ProcessBuilder(
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-e",
                        "IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1)",
                        left.toString())
                .start();
        assertThat(killed.waitFor()).isZero();
        assertThat(left).exists();

        try (LocalListener listener = new LinuxSocketListener(left)) {
            assertThat(listener.address()).isEqualTo(left.toString());
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void aPathThatIsTooLongIsNamed() {
        Path path = folder.resolve("x".repeat(120));

        assertThatThrownBy(() -> new LinuxSocketListener(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sekisho.runtime-dir");
    }
}
