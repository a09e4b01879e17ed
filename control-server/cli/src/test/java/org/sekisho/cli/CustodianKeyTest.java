package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.shadow.CustodianKey;

class CustodianKeyTest extends ServerTest {
    private static final String PASSPHRASE = "長いパスフレーズ、十二文字";

    private Path file;

    @BeforeEach
    void signedIn() {
        file = home.resolve("key.pem");
        server.on("GET /session", ok("{\"operator\":{\"id\":\"o-1\",\"name\":\"佐藤\"},\"roles\":[\"responder\"]}"));
    }

    private Run.Result make(Run run, String... more) {
        String[] command = new String[more.length + 3];
        command[0] = "custodian-key";
        command[1] = "--to";
        command[2] = file.toString();
        System.arraycopy(more, 0, command, 3, more.length);
        return run.command(command);
    }

    @Test
    void aKeyIsMadeForItsOwnerAndShownAgain() throws IOException {
        Run.Result made = make(script().answering(PASSPHRASE));

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out()).startsWith("- {operator: \"佐藤\", key: ");
        String text = made.out().strip().replaceFirst(".*key: (.*)}", "$1");
        assertThat(CustodianKey.read(text)).isPresent();
        assertThat(file).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Run.Result shown = script().answering(PASSPHRASE).command("custodian-key", "--show", file.toString());
        assertThat(shown.out()).isEqualTo(made.out());
    }

    @Test
    void anotherPassphraseOpensNothing() {
        make(script().answering(PASSPHRASE));

        Run.Result shown = script().answering("another passphrase").command("custodian-key", "--show", file.toString());

        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.out()).isEmpty();
        assertThat(shown.err()).contains("does not open with this passphrase");
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Files.writeString(file, "mine");

        Run.Result made = make(script().answering(PASSPHRASE));

        assertThat(made.exit()).isEqualTo(2);
        assertThat(made.err()).contains("exists already");
        assertThat(file).hasContent("mine");
        Run.Result shown = script().answering(PASSPHRASE).command("custodian-key", "--show", file.toString());
        assertThat(shown.err()).contains("is no key");
    }

    @Test
    void aShortOrMistypedPassphraseMakesNothing() {
        assertThat(make(script().answering("eleven char")).err()).contains("at least 12 characters");
        assertThat(make(script().answeringInTurn(PASSPHRASE, PASSPHRASE + "!")).err())
                .contains("two different passphrases");
        assertThat(file).doesNotExist();
    }

    @Test
    void withoutAServerTheNameIsGiven() {
        assertThat(make(Run.in(home).answering(PASSPHRASE)).err()).contains("Give --operator NAME");
        assertThat(file).doesNotExist();

        Run.Result made = make(Run.in(home).typing(PASSPHRASE + "\n"), "--operator", "a\"b");
        assertThat(made.out()).startsWith("- {operator: \"a\\\"b\", key: ");
    }

    @Test
    void oneThingAtATime() {
        assertThat(script().command("custodian-key").err()).contains("Give either --to FILE");
        assertThat(make(script(), "--show", file.toString()).exit()).isEqualTo(2);
    }
}
