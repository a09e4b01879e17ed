package org.sekisho.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.SecretInput;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.profile.ConnectionSettings;
import org.sekisho.cli.profile.Profile;
import org.sekisho.cli.profile.ServerAddress;
import org.sekisho.cli.profile.SmallFile;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho login}: gets a token by somebody's approval at the console, or takes one that there is; then stores it. */
@Command(name = "login")
public final class LoginCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Option(names = "--server", paramLabel = "URL")
    private @Nullable String server;

    @Option(names = "--ca", paramLabel = "FILE")
    private @Nullable Path ca;

    @Option(names = "--token-file", paramLabel = "FILE")
    private @Nullable Path tokenFile;

    @Option(names = "--with-token")
    private boolean withToken;

    public LoginCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        URI address = new ServerAddress(texts).parse(given(server, "SEKISHO_SERVER", "--server"));
        Path authority = ca != null ? ca : Path.of(given(null, "SEKISHO_CA", "--ca"));
        String caPem = new SmallFile(texts).read(authority, ConnectionSettings.MAX_CA_BYTES);
        Profile profile = new Profile(address, token(address, caPem), caPem);
        JsonNode session = new RestClient(profile, texts, Pause.REAL).get("/session");
        workbench.profile().write(profile);
        workbench.output().result(SessionView.withoutSecrets(session), () -> {
            workbench
                    .output()
                    .line(texts.text(
                            "login.done", address, SessionView.operator(session), SessionView.roles(session, texts)));
            workbench
                    .output()
                    .note(texts.text("login.stored", workbench.profile().path()));
        });
        return ExitCodes.OK;
    }

    private String given(@Nullable String option, String variable, String name) {
        if (option != null) {
            return option;
        }
        return workbench
                .shell()
                .variable(variable)
                .orElseThrow(() -> new CommandFailure(ExitCodes.UNUSABLE, texts.text("login.missing", name, variable)));
    }

    private String token(URI address, String caPem) {
        if (tokenFile == null && !withToken) {
            RestClient stranger = new RestClient(new Profile(address, "", caPem), texts, Pause.REAL);
            return new DeviceSignIn(stranger, texts, Pause.REAL)
                    .token((page, code) -> workbench.output().note(texts.text("login.approve", page, code)));
        }
        return new SecretInput(workbench).read(tokenFile, "login.prompt", "login.no-token");
    }
}
