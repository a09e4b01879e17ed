package org.sekisho.cli.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.SecretInput;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.profile.ConnectionSettings;
import org.sekisho.cli.profile.SmallFile;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho mail-server}: by which server mail goes out; without a sub-command it shows that. */
@Command(name = "mail-server")
public final class MailServerCommand implements Runnable {
    private static final String PATH = "/mail-server";
    /** Submission with STARTTLS (RFC 6409). */
    private static final int SUBMISSION = 587;

    private final Workbench workbench;
    private final Texts texts;

    public MailServerCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        show();
    }

    @Command(name = "show")
    int show() {
        Output output = workbench.output();
        JsonNode server = kept(workbench.connect()).orElse(null);
        if (server == null) {
            output.result(JsonNodeFactory.instance.nullNode(), () -> output.line(texts.text("mail-server.none")));
            return ExitCodes.OK;
        }
        output.result(
                server,
                () -> output.line(texts.text(
                        "mail-server.is",
                        server.path("host").asText(""),
                        server.path("port").asText(""),
                        server.path("security").asText(""),
                        server.path("sender").asText(""),
                        server.hasNonNull("user")
                                ? server.path("user").asText("")
                                : texts.text("mail-server.no-user"))));
        return ExitCodes.OK;
    }

    /** What isn't given stays as it is. */
    @Command(name = "set")
    int set(
            @Option(names = "--host", paramLabel = "NAME") @Nullable String host,
            @Option(names = "--port", paramLabel = "N") @Nullable Integer port,
            @Option(names = "--security", paramLabel = "STARTTLS|TLS") @Nullable Security security,
            @Option(names = "--sender", paramLabel = "ADDRESS") @Nullable String sender,
            @Option(names = "--user", paramLabel = "NAME") @Nullable String user,
            @Option(names = "--password-file", paramLabel = "FILE") @Nullable Path passwordFile,
            @Option(names = "--with-password") boolean withPassword,
            @Option(names = "--ca", paramLabel = "FILE") @Nullable Path ca) {
        RestClient client = workbench.connect();
        JsonNode before = kept(client).orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode server = JsonNodeFactory.instance
                .objectNode()
                .put("host", given(host, before, "host", "--host"))
                .put("port", port != null ? port : before.path("port").asInt(SUBMISSION))
                .put(
                        "security",
                        security != null
                                ? security.name()
                                : before.path("security").asText("STARTTLS"))
                .put("sender", given(sender, before, "sender", "--sender"))
                .put("version", before.path("version").asLong(0));
        String signIn = user != null ? user : before.path("user").asText("");
        if (!signIn.isBlank()) {
            server.put("user", signIn);
        }
        if (passwordFile != null || withPassword) {
            server.put(
                    "password",
                    new SecretInput(workbench).read(passwordFile, "mail-server.prompt", "mail-server.no-password"));
        }
        String anchor = ca == null
                ? before.path("anchor").asText("")
                : new SmallFile(texts).read(ca, ConnectionSettings.MAX_CA_BYTES);
        if (!anchor.isBlank()) {
            server.put("anchor", anchor);
        }
        JsonNode after = client.put(PATH, server);
        Output output = workbench.output();
        output.result(
                after,
                () -> output.line(texts.text(
                        "mail-server.set",
                        after.path("host").asText(""),
                        after.path("port").asText(""))));
        return ExitCodes.OK;
    }

    @Command(name = "test")
    int test(@Parameters(paramLabel = "ADDRESS") String address) {
        ObjectNode trial = JsonNodeFactory.instance.objectNode().put("address", address);
        JsonNode result = workbench.connect().post(PATH + "/test", trial);
        boolean taken = result.path("taken").asBoolean();
        Output output = workbench.output();
        output.result(
                result,
                () -> output.line(
                        taken
                                ? texts.text("mail-server.taken", address)
                                : texts.text(
                                        "mail-server.failed",
                                        result.path("failure").asText(""))));
        return taken ? ExitCodes.OK : ExitCodes.REFUSED;
    }

    /** As the server has them. */
    enum Security {
        STARTTLS,
        TLS
    }

    private static Optional<JsonNode> kept(RestClient client) {
        try {
            return Optional.of(client.get(PATH));
        } catch (ServerRefusal refusal) {
            if (refusal.status() == 404) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private String given(@Nullable String option, JsonNode before, String field, String name) {
        if (option == null && !before.hasNonNull(field)) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("mail-server.missing", name));
        }
        return option != null ? option : before.path(field).asText("");
    }
}
