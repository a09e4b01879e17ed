package org.sekisho.cli;

import org.sekisho.cli.output.Format;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.profile.ConnectionSettings;
import org.sekisho.cli.profile.ProfileFile;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.RestClient;

/** What every command of one run works with. Not for several threads. */
public final class Workbench {
    private final Shell shell;
    private final Texts texts;
    private Format format = Format.TABLE;

    Workbench(Shell shell) {
        this.shell = shell;
        this.texts = new Texts(shell.language());
    }

    /** The surroundings. */
    public Shell shell() {
        return shell;
    }

    /** Texts in the operator's language. */
    public Texts texts() {
        return texts;
    }

    /** Where results go, in the format that was asked for. */
    public Output output() {
        return new Output(shell, texts, format);
    }

    /** The stored sign-in. */
    public ProfileFile profile() {
        return new ProfileFile(shell, texts);
    }

    /** The server that the environment or the stored sign-in names; {@link CommandFailure} when neither does. */
    public RestClient connect() {
        return new RestClient(new ConnectionSettings(shell, texts, profile()).resolve(), texts, Pause.REAL);
    }

    void use(Format chosen) {
        format = chosen;
    }
}
