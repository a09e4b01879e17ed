package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ScanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void oneObjectALine() throws IOException {
        Path clean = Files.writeString(folder.resolve("clean \"quoted\".txt"), "会議の資料");
        Path found =
                Files.writeString(folder.resolve("found.txt"), "個人番号 123456789018", Charset.forName("windows-31j"));
        assertThat(run("-o", "json", clean.toString(), found.toString())).isEqualTo(ScanCommand.FOUND);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"file\":" + JsonText.quote(Masker.mask(clean.toString())) + ",\"labels\":[]}",
                        "{\"file\":" + JsonText.quote(Masker.mask(found.toString()))
                                + ",\"labels\":[{\"label\":\"my_number\",\"count\":1,\"grade\":\"high\"}]}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void cleanIsZero() throws IOException {
        assertThat(run(Files.writeString(folder.resolve("a.txt"), "123456789012")
                        .toString()))
                .isZero();
    }

    @Test
    void whatCantBeReadIsNamedAndTheOthersAreRead() throws IOException {
        Path found = Files.writeString(folder.resolve("found.txt"), "123456789018");
        assertThat(run(folder.resolve("missing").toString(), folder.toString(), found.toString()))
                .isEqualTo(ScanCommand.FAILED);
        assertThat(err.toString()).contains("missing", "ENOENT").hasLineCount(2);
        assertThat(out.toString()).hasLineCount(1);
    }

    @Test
    void whatIsNotReadAsAWholeIsSaidSo() throws IOException {
        Path damaged = Files.write(folder.resolve("a.docx"), new byte[] {'P', 'K', 3, 4, 0, 0});
        assertThat(run("-o", "json", damaged.toString())).isEqualTo(ScanCommand.FAILED);
        assertThat(err.toString()).contains("UNREADABLE");
        assertThat(out.toString()).contains("\"unread\":\"unreadable\"");
    }

    @Test
    void numbersInNamesAreMasked() throws IOException {
        Path named = Files.writeString(folder.resolve("123456789018.txt"), "123456789018");
        run("-o", "json", named.toString());
        run(named.toString());
        run(folder.resolve("983205673214").toString());
        assertThat(out + "" + err)
                .doesNotContain("123456789018")
                .doesNotContain("983205673214")
                .contains(Masker.MASK);
    }

    @Test
    void markupIsRecognisedByItsBeginning() throws IOException {
        Path html = Files.writeString(folder.resolve("a"), "<!DOCTYPE html><p>個人番号 12<b>3456</b>789018");
        Path rtf = Files.writeString(folder.resolve("b"), "{\\rtf1 my number {\\b 123456}789018}");
        assertThat(run("-o", "json", html.toString(), rtf.toString())).isEqualTo(ScanCommand.FOUND);
        assertThat(out.toString().lines())
                .allMatch(line -> line.contains("\"my_number\",\"count\":1,\"grade\":\"high\""));
    }

    @Test
    void helpIsThereInBothLanguages() {
        java.util.Locale before = java.util.Locale.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.JAPAN);
            assertThat(run("--help")).isZero();
            java.util.Locale.setDefault(java.util.Locale.US);
            assertThat(run("--help")).isZero();
        } finally {
            java.util.Locale.setDefault(before);
        }
        assertThat(out.toString()).contains("終了コード", "Exit codes", "標準入力", "standard input");
    }

    private int run(String... arguments) {
        return new CommandLine(new ScanCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
