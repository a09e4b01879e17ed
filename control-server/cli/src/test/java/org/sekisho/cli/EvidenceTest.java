package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    @TempDir
    Path home;

    @Test
    void whatIsNoPackIsRefusedInWords() throws IOException {
        Path file = Files.writeString(home.resolve("x.zip"), "not an archive");

        Run.Result result = Run.in(home).japanese().command("verify-evidence", file.toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("[否]  必要なファイルが一つずつある");
    }

    @Test
    void aMissingFileOrAuthorityIsWrongUse() throws IOException {
        assertThat(Run.in(home)
                        .command("verify-evidence", home.resolve("none.zip").toString())
                        .exit())
                .isEqualTo(2);
        Path file = Files.writeString(home.resolve("x.zip"), "not an archive");
        assertThat(Run.in(home)
                        .command("verify-evidence", file.toString(), "--ca", file.toString())
                        .exit())
                .isEqualTo(2);
    }
}
