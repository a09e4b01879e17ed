package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void makesAKeyForItsOwnerAloneAndReadsTheSameAgain() throws Exception {
        Path file = folder.resolve("journal.key");

        JournalKey made = KeyFile.readOrCreate(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.size(file)).isEqualTo(AesJournalKey.BYTES);
        byte[] message = {1, 2, 3};
        assertThat(KeyFile.readOrCreate(file).authenticate(message)).isEqualTo(made.authenticate(message));
        assertThat(KeyFile.readOrCreate(folder.resolve("other")).authenticate(message))
                .isNotEqualTo(made.authenticate(message));
    }

    @Test
    void refusesAKeyThatOthersCanReadALinkAndAnotherLength() throws Exception {
        Path open = folder.resolve("open");
        KeyFile.readOrCreate(open);
        Path link = Files.createSymbolicLink(folder.resolve("link"), open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        Path small = folder.resolve("short");
        Files.write(small, new byte[31]);
        Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> KeyFile.readOrCreate(open))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("rw-r-----");
        assertThatThrownBy(() -> KeyFile.readOrCreate(link))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("regular");
        assertThatThrownBy(() -> KeyFile.readOrCreate(small))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("31 bytes");
    }
}
