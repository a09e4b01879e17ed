package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    private static final String MARKER = "clear-text-marker-8d1f";

    private static boolean leaksMarker(Path folder, JournalKey key) throws IOException {
        JournalSetup own = Fixtures.setup(Fixtures.SMALL);
        JournalSetup setup = new JournalSetup(own.terminal(), key, own.limits(), own.signer(), own.clocks());
        boolean found = false;
        try (Journal journal = Journal.open(folder, setup)) {
            for (int i = 0; i < 20; i++) {
                journal.record(Fixtures.stopped(MARKER + i), Importance.MUST_KEEP);
            }
            found = marked(folder);
        }
        return found || marked(folder);
    }

    private static boolean marked(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void noFileOfTheJournalHoldsClearText(@TempDir Path folder) throws IOException {
        assertThat(leaksMarker(folder, Fixtures.KEY)).isFalse();
    }

    @Test
    void withoutTheSealTheClearTextWouldBeThere(@TempDir Path folder) throws IOException {
        assertThat(leaksMarker(folder, new UnsealedJournalKey())).isTrue();
    }

    @Property(tries = 100)
    void opensOnlyInItsPlaceForItsTerminal(
            @ForAll byte[] body, @ForAll @LongRange(min = 1) long seq, @ForAll @IntRange(max = 1_000_000) int position)
            throws GeneralSecurityException {
        RowSeal seal = new RowSeal(Fixtures.KEY, Fixtures.TERMINAL);
        byte[] sealed = seal.seal(seq, 0, ByteString.copyFrom(body));
        RowSeal reader = new RowSeal(Fixtures.KEY, Fixtures.TERMINAL);

        assertThat(sealed).hasSize(body.length + RowSeal.OVERHEAD);
        assertThat(reader.open(seq, sealed).toByteArray()).isEqualTo(body);
        assertThatThrownBy(() -> reader.open(seq ^ 1, sealed)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> new RowSeal(Fixtures.KEY, "t-0002").open(seq, sealed))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(
                        () -> new RowSeal(new AesJournalKey(Fixtures.secret(9)), Fixtures.TERMINAL).open(seq, sealed))
                .isInstanceOf(GeneralSecurityException.class);
        byte[] bent = sealed.clone();
        bent[position % bent.length] ^= 1;
        assertThatThrownBy(() -> reader.open(seq, bent)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void theSameEventInAnotherRunOrAttemptIsSealedUnderAnotherKeyOrNonce() {
        Set<ByteString> ciphers = new HashSet<>();
        ByteString body = ByteString.copyFromUtf8("the same");
        for (int run = 0; run < 20; run++) {
            RowSeal seal = new RowSeal(Fixtures.KEY, Fixtures.TERMINAL);
            for (int attempt = 0; attempt < 3; attempt++) {
                byte[] sealed = seal.seal(1, attempt, body);
                ciphers.add(ByteString.copyFrom(sealed, 21, sealed.length - 21));
            }
        }
        assertThat(ciphers).hasSize(60);
    }
}
