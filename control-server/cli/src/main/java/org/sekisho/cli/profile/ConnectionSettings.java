package org.sekisho.cli.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Shell;
import org.sekisho.cli.Texts;

/**
 * Puts together server, token and trust anchor from the environment ({@code SEKISHO_SERVER}, {@code SEKISHO_TOKEN},
 * {@code SEKISHO_CA}) and the stored sign-in; the environment wins. A stored token or authority is used for the server it was
 * stored for and no other, so that a wrong {@code SEKISHO_SERVER} can't draw a token out.
 */
public final class ConnectionSettings {
    /** Some hundred certificates. */
    public static final int MAX_CA_BYTES = 256 * 1024;

    private final Shell shell;
    private final Texts texts;
    private final ProfileFile file;

    public ConnectionSettings(Shell shell, Texts texts, ProfileFile file) {
        this.shell = shell;
        this.texts = texts;
        this.file = file;
    }

    /** {@link CommandFailure} naming what is missing when there is no server, token or trust anchor. */
    public Profile resolve() {
        Optional<URI> named = shell.variable("SEKISHO_SERVER").map(new ServerAddress(texts)::parse);
        Optional<String> token = shell.variable("SEKISHO_TOKEN").map(String::strip);
        Optional<String> authority =
                shell.variable("SEKISHO_CA").map(Path::of).map(path -> new SmallFile(texts).read(path, MAX_CA_BYTES));
        if (named.isPresent() && token.isPresent() && authority.isPresent()) {
            return new Profile(named.get(), token.get(), authority.get());
        }
        Optional<Profile> stored = file.read();
        URI server = named.or(() -> stored.map(Profile::server)).orElseThrow(() -> missing("connection.no-server"));
        Optional<Profile> ofThisServer =
                stored.filter(profile -> profile.server().equals(server));
        return new Profile(
                server,
                token.or(() -> ofThisServer.map(Profile::token))
                        .orElseThrow(() -> missing("connection.no-token", server)),
                authority
                        .or(() -> ofThisServer.map(Profile::caPem))
                        .orElseThrow(() -> missing("connection.no-ca", server)));
    }

    private CommandFailure missing(String key, Object... args) {
        return new CommandFailure(ExitCodes.UNUSABLE, texts.text(key, args));
    }
}
