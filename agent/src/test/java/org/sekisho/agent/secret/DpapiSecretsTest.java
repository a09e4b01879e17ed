package org.sekisho.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.agent.os.windows.SecurityDescriptor;
import org.sekisho.agent.os.windows.Win32Failure;

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

    /** As a scanner has it that does not share what it opens. */
    private FileChannel held(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, ExtendedOpenOption.NOSHARE_DELETE));
    }

    @Test
    void waitsForWhomeverHasTheFileOpen() throws Exception {
        store.write("journal-key", bytes(32));
        CompletableFuture<Void> written;
        try (FileChannel held = held(onlyFile())) {
            written = CompletableFuture.runAsync(() -> {
                try {
                    store.write("journal-key", bytes(64));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> files() == 2);
            assertThat(held.isOpen()).isTrue();
        }

        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
        assertThat(store.read("journal-key")).isEqualTo(bytes(64));
    }

    @Test
    void givesUpOnAFileThatIsNeverClosedAndKeepsWhatItHeld() throws Exception {
        store.write("journal-key", bytes(32));
        try (FileChannel held = held(onlyFile())) {
            assertThatThrownBy(() -> store.write("journal-key", bytes(64)))
                    .isInstanceOf(Win32Failure.class)
                    .hasMessageContaining("MoveFileEx")
                    .hasMessageContaining("journal-key");
            assertThat(held.isOpen()).isTrue();
        }

        assertThat(store.read("journal-key")).isEqualTo(bytes(32));
        assertThat(files()).isEqualTo(1);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.count();
        }
    }
}
