package org.sekisho.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.profile.SmallFile;

/** Takes a secret from a file, from a person who types it unseen, or from the standard input; never from the command line. */
public final class SecretInput {
    /** Longer ones are somebody's mistake. */
    private static final int MOST = 1024;

    private final Workbench workbench;
    private final Texts texts;

    public SecretInput(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    /**
     * The secret, without blanks around it.
     *
     * @param file which nobody else can read; null: ask, or read the standard input where there is nobody to ask
     * @param prompt key of the question
     * @param missing key of what to say where there is none
     * @throws CommandFailure if there is none
     */
    public String read(@Nullable Path file, String prompt, String missing) {
        String secret = file != null
                ? new SmallFile(texts).readSecret(file, MOST)
                : workbench
                        .shell()
                        .secretPrompt()
                        .map(ask -> ask.apply(texts.text(prompt)))
                        .orElseGet(() -> piped(missing));
        if (secret.isBlank()) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text(missing));
        }
        return secret.strip();
    }

    private String piped(String missing) {
        try {
            byte[] bytes = workbench.shell().in().readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new CommandFailure(ExitCodes.UNUSABLE, texts.text(missing));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text(missing), e);
        }
    }
}
