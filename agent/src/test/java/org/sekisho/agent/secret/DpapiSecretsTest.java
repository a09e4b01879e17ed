package org.sekisho.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
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

    /** A file that is open as a scanner has it that lets nobody rename or remove it meanwhile. */
    private record Held(HANDLE handle) implements AutoCloseable {
        static Held of(Path file) throws IOException {
            HANDLE handle = Kernel32.INSTANCE.CreateFile(
                    file.toString(), WinNT.GENERIC_READ, WinNT.FILE_SHARE_READ, null, WinNT.OPEN_EXISTING, 0, null);
            if (WinBase.INVALID_HANDLE_VALUE.equals(handle)) {
                throw Win32Failure.last("CreateFile of " + file);
            }
            return new Held(handle);
        }

        @Override
        public void close() {
            Kernel32.INSTANCE.CloseHandle(handle);
        }
    }

    @Test
    void waitsForWhomeverHasTheFileOpen() throws Exception {
        store.write("journal-key", bytes(32));
        CompletableFuture<Void> written;
        try (Held held = Held.of(onlyFile())) {
            written = CompletableFuture.runAsync(() -> {
                try {
                    store.write("journal-key", bytes(64));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> files() == 2);
            assertThat(held.handle()).isNotNull();
        }

        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
        assertThat(store.read("journal-key")).isEqualTo(bytes(64));
    }

    @Test
    void givesUpOnAFileThatIsNeverClosedAndKeepsWhatItHeld() throws Exception {
        store.write("journal-key", bytes(32));
        try (Held held = Held.of(onlyFile())) {
            assertThatThrownBy(() -> store.write("journal-key", bytes(64)))
                    .isInstanceOf(Win32Failure.class)
                    .hasMessageContaining("MoveFileEx")
                    .hasMessageContaining("journal-key");
            assertThat(held.handle()).isNotNull();
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
