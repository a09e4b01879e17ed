package org.sekisho.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.agent.os.windows.SecurityDescriptor;

@EnabledOnOs(OS.WINDOWS)
class DpapiSecretsTest extends SecretStoreContract {

    @Override
    void expose(Path path) throws IOException {
        try (SecurityDescriptor everyone = SecurityDescriptor.of("D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;WD)")) {
            everyone.protect(path);
        }
    }

    @Override
    void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    @Test
    void neverWritesTheSecretInClear() throws IOException {
        byte[] secret = new byte[64];
        Arrays.fill(secret, (byte) 'k');
        store.write("journal-key", secret);

        assertThat(new String(Files.readAllBytes(onlyFile()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("kkkk");
    }

    @Test
    void refusesOneSecretUnderAnothersName() throws IOException {
        store.write("journal-key", bytes(32));
        Files.move(onlyFile(), folder().resolve("terminal-key.dpapi"));

        assertThatThrownBy(() -> store.read("terminal-key"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CryptUnprotectData");
    }
}
