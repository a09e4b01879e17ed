package org.sekisho.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxSecretFilesTest extends SecretStoreContract {

    @Override
    void expose(Path path) throws IOException {
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----"));
    }

    @Override
    void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        store.write("journal-key", bytes(32));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesALinkInTheFilesPlace() throws IOException {
        store.write("journal-key", bytes(32));
        Path file = onlyFile();
        Path elsewhere = state.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(() -> store.read("journal-key")).isInstanceOf(ExposedSecretException.class);
        assertThatThrownBy(() -> store.write("journal-key", bytes(32))).isInstanceOf(ExposedSecretException.class);
        assertThat(elsewhere).hasBinaryContent(bytes(32));
    }

    @Test
    void refusesALinkInTheFoldersPlace() throws IOException {
        Path elsewhere = state.resolve("elsewhere");
        Files.move(folder(), elsewhere);
        Files.createSymbolicLink(folder(), elsewhere);

        assertThatThrownBy(() -> SecretStore.forPlatform(state)).isInstanceOf(ExposedSecretException.class);
    }

    @Test
    void refusesWhatBelongsToAnotherAccount() throws IOException {
        store.write("journal-key", bytes(32));
        int another = 12345;

        assertThatThrownBy(() -> new LinuxSecretFiles(folder(), another))
                .isInstanceOf(ExposedSecretException.class)
                .hasMessageContaining("12345");
    }
}
