package org.sekisho.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.rest.RestClient;
import picocli.CommandLine.Command;

/** {@code sekisho whoami}: who the server takes the token's bearer for. */
@Command(name = "whoami")
public final class WhoamiCommand implements Callable<Integer> {
    private final Workbench workbench;

    public WhoamiCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        RestClient client = workbench.connect();
        Texts texts = workbench.texts();
        JsonNode session = client.get("/session");
        workbench
                .output()
                .result(
                        SessionView.withoutSecrets(session),
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "whoami",
                                        SessionView.operator(session),
                                        SessionView.roles(session, texts),
                                        client.server())));
        return ExitCodes.OK;
    }
}
