package org.sekisho.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Lets a person think again before something that can't be taken back. */
public final class Confirmation {
    private static final Set<String> YES = Set.of("y", "yes", "はい");
    /** Nobody types more to say yes. */
    private static final int MOST = 64;

    private final Workbench workbench;
    private final Texts texts;

    public Confirmation(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    /**
     * Asks at the terminal.
     *
     * @throws CommandFailure if the answer is not yes, or there is nobody to ask
     */
    public void ask(String question) {
        if (workbench.shell().secretPrompt().isEmpty()) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("confirm.nobody"));
        }
        workbench.output().note(question);
        if (!YES.contains(answer().strip().toLowerCase(Locale.ROOT))) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("confirm.no"));
        }
    }

    /** One line and no byte more: a secret may be asked for next. */
    private String answer() {
        InputStream in = workbench.shell().in();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && line.size() < MOST; next = in.read()) {
                line.write(next);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("confirm.no"), e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
