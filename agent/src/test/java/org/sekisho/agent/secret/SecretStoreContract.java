package org.sekisho.agent.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SecretStore} promises; run on the platform's own. */
abstract class SecretStoreContract {
    @TempDir
    Path state;

    SecretStore store;

    @BeforeEach
    void open() throws IOException {
        store = SecretStore.forPlatform(state);
    }

    /** Lets any account of the machine read the path. */
    abstract void expose(Path path) throws IOException;

    /** Changes the stored bytes so that they can't be what was written, without changing who may read them. */
    abstract void truncate(Path file) throws IOException;

    Path folder() {
        return state.resolve("secrets");
    }

    Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("more than one file: " + a + ", " + b);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void returnsWhatWasWritten() throws IOException {
        byte[] secret = bytes(2400);
        store.write("terminal-key", secret);

        assertThat(store.read("terminal-key")).isEqualTo(secret);
        assertThat(store.exists("terminal-key")).isTrue();
    }

    @Test
    void returnsItToAnotherRunOfTheAgent() throws IOException {
        store.write("journal-key", bytes(32));

        assertThat(SecretStore.forPlatform(state).read("journal-key")).isEqualTo(bytes(32));
    }

    @Test
    void keepsTheSmallestAndTheLargest() throws IOException {
        store.write("small", bytes(1));
        store.write("large", bytes(SecretStore.MAX_BYTES));

        assertThat(store.read("small")).hasSize(1);
        assertThat(store.read("large")).isEqualTo(bytes(SecretStore.MAX_BYTES));
    }

    @Test
    void replacesWholeAndLeavesNothingBeside() throws IOException {
        store.write("journal-key", bytes(5000));
        store.write("journal-key", bytes(32));

        assertThat(store.read("journal-key")).isEqualTo(bytes(32));
        assertThat(onlyFile()).isRegularFile();
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> store.read("terminal-key"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("terminal-key");
        assertThat(exists("terminal-key")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Key", "../key", "a/b", "a\\b", "a.b", "-a", "con", "com1", "鍵", "a b"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write(name, bytes(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.exists(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheEmptyAndTheTooLarge() {
        assertThatThrownBy(() -> store.write("key", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write("key", new byte[SecretStore.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(exists("key")).isFalse();
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        store.write("journal-key", bytes(32));
        expose(onlyFile());

        assertThatThrownBy(() -> store.read("journal-key"))
                .isInstanceOf(ExposedSecretException.class)
                .hasMessageContaining("journal-key");
        assertThatThrownBy(() -> store.write("journal-key", bytes(32))).isInstanceOf(ExposedSecretException.class);
    }

    @Test
    void refusesAFolderThatOthersMayRead() throws IOException {
        store.write("journal-key", bytes(32));
        expose(folder());

        assertThatThrownBy(() -> store.read("journal-key")).isInstanceOf(ExposedSecretException.class);
        assertThatThrownBy(() -> SecretStore.forPlatform(state)).isInstanceOf(ExposedSecretException.class);
    }

    @Test
    void refusesAFolderInTheFilesPlace() throws IOException {
        store.write("journal-key", bytes(32));
        Path file = onlyFile();
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(() -> store.read("journal-key")).isInstanceOf(ExposedSecretException.class);
    }

    @Test
    void refusesWhatWasCutShort() throws IOException {
        store.write("journal-key", bytes(32));
        truncate(onlyFile());

        assertThatThrownBy(() -> store.read("journal-key")).isInstanceOf(IOException.class);
    }

    @Test
    void neverShowsTheSecretInItsMessages() {
        byte[] secret = "a".repeat(SecretStore.MAX_BYTES + 1).getBytes(UTF_8);

        assertThatThrownBy(() -> store.write("key", secret)).hasMessageNotContaining("aaaa");
    }

    @Test
    void readersSeeOneOfTwoWritersWhole() throws Exception {
        store.write("key", bytes(100));
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            Future<?> small = writers.submit(() -> writeOften(100));
            Future<?> large = writers.submit(() -> writeOften(10_000));
            do {
                byte[] seen = store.read("key");
                assertThat(seen).isEqualTo(bytes(seen.length));
                assertThat(seen.length).isIn(100, 10_000);
            } while (!small.isDone() || !large.isDone());
            small.get();
            large.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a writer failed", failed.getCause());
        }
    }

    private Void writeOften(int size) throws IOException {
        for (int i = 0; i < 20; i++) {
            store.write("key", bytes(size));
        }
        return null;
    }

    private boolean exists(String name) {
        try {
            return store.exists(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that tell a cut or a mix from the whole. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }
}
