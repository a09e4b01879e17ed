package org.sekisho.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed is opened by who has the file, for what it was sealed for, and by nobody else. */
class SecretBoxTest {
    @TempDir
    Path folder;

    @Test
    void opensWhatItSealedAlsoAfterARestart() {
        byte[] sealed = box("a").seal("mail", "合言葉");

        assertThat(box("a").open("mail", sealed)).isEqualTo("合言葉");
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("合言葉");
        assertThat(box("a").seal("mail", "合言葉")).isNotEqualTo(sealed);
    }

    @Test
    void nobodyElseCanReadItsKey() throws Exception {
        box("a");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatIllegalStateException().isThrownBy(() -> box("a"));
    }

    @Test
    void refusesOtherPurposesKeysAndBytes() {
        byte[] sealed = box("a").seal("export 1", "s");

        assertThatIllegalStateException().isThrownBy(() -> box("a").open("export 2", sealed));
        assertThatIllegalStateException()
                .isThrownBy(() -> box("b").open("export 1", sealed))
                .withMessageContaining("secrets.key");
        sealed[sealed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> box("a").open("export 1", sealed));
        assertThatIllegalStateException().isThrownBy(() -> box("a").open("export 1", new byte[5]));
    }

    @Test
    void allThatStartAtOnceHaveOneKey() {
        List<SecretBox> boxes =
                IntStream.range(0, 64).parallel().mapToObj(i -> box("shared")).toList();

        byte[] sealed = boxes.getFirst().seal("mail", "合言葉");
        assertThat(boxes).allSatisfy(box -> assertThat(box.open("mail", sealed)).isEqualTo("合言葉"));
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    private SecretBox box(String name) {
        return new SecretBox(folder.resolve(name));
    }
}
