package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Whatever lies on the disk, reading it answers and never throws anything but what it says. */
class StoreFuzzTest {
    @FuzzTest
    void aRowOfAnyBytesIsRefused(byte[] sealed) {
        ByteString opened;
        try {
            opened = new RowSeal(Fixtures.KEY, Fixtures.TERMINAL).open(1, sealed);
        } catch (GeneralSecurityException expected) {
            opened = null;
        }
        assertThat(opened).isNull();
    }

    @FuzzTest
    void aStateOfAnyBytesIsRefused(byte[] bytes) {
        @Nullable StoreState state = StoreState.decode(Fixtures.KEY, Fixtures.TERMINAL, bytes);
        assertThat(state).isNull();
    }

    @FuzzTest
    void aStoreOfAnyBytesIsAnsweredNotThrown(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("sekisho-fuzz");
        Path store = folder.resolve("journal.db");
        try {
            Files.write(store, bytes);
            assertThat(StoreScan.scan(store, Fixtures.KEY, (before, event) -> null)
                            .broken())
                    .isNotNull();
        } finally {
            Files.deleteIfExists(StoreFiles.log(store));
            Files.deleteIfExists(StoreFiles.index(store));
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }
}
