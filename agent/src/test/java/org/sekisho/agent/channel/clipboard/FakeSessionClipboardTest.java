package org.sekisho.agent.channel.clipboard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Holds the fake to the contract of the real thing. */
final class FakeSessionClipboardTest extends SessionClipboardContract {
    @TempDir
    private java.nio.file.Path elsewhere;

    private @Nullable FakeSessionClipboard fake;

    private FakeSessionClipboard fake() {
        FakeSessionClipboard made = fake;
        if (made == null) {
            made = new FakeSessionClipboard(new ContentVault(elsewhere), 100);
            fake = made;
        }
        return made;
    }

    @Override
    protected SessionClipboard open(ContentVault vault, long maxBytes) {
        FakeSessionClipboard made = new FakeSessionClipboard(vault, maxBytes);
        fake = made;
        return made;
    }

    @Override
    protected void copy(String text) throws Exception {
        fake().copy(text, 1_000);
    }

    @Override
    protected Optional<String> paste() {
        return fake().paste(2_000);
    }
}
