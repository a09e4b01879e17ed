package org.sekisho.cli.shadow;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.SecretInput;
import org.sekisho.cli.Workbench;

/** Asks for the passphrase of a custodian's key. */
final class Passphrase {
    /** Whoever copies the file can guess as often as they like. */
    private static final int FEWEST = 12;

    private final Workbench workbench;

    Passphrase(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Of a key that there is. */
    String existing(@Nullable Path file) {
        return read(file, "custodian-key.prompt");
    }

    /** For a key that is made now; one that is typed is typed twice. */
    String chosen(@Nullable Path file) {
        String passphrase = read(file, "custodian-key.new-prompt");
        if (passphrase.codePointCount(0, passphrase.length()) < FEWEST) {
            throw unusable("custodian-key.short", FEWEST);
        }
        boolean typed = file == null && workbench.shell().secretPrompt().isPresent();
        if (typed && !read(null, "custodian-key.again-prompt").equals(passphrase)) {
            throw unusable("custodian-key.differ");
        }
        return passphrase;
    }

    private String read(@Nullable Path file, String prompt) {
        return new SecretInput(workbench).read(file, prompt, "custodian-key.no-passphrase");
    }

    private CommandFailure unusable(String key, Object... args) {
        return new CommandFailure(ExitCodes.UNUSABLE, workbench.texts().text(key, args));
    }
}
