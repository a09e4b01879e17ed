package org.sekisho.agent;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.local.LocalEnds;
import org.sekisho.agent.posture.ServiceQuery;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.StatusAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how the agent stands. Ends with 0, with 1 if the service is not reached, or is not enrolled with {@code --enrolled}. */
@Command(name = "status", mixinStandardHelpOptions = true, resourceBundle = "org.sekisho.agent.messages")
final class StatusCommand implements Callable<Integer> {
    enum Form {
        text,
        json
    }

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            descriptionKey = "output")
    private Form form = Form.text;

    @Option(names = "--enrolled", descriptionKey = "enrolled")
    private boolean onlyEnrolled;

    private final Texts texts = Texts.beside(StatusCommand.class, Locale.getDefault());

    @Override
    public Integer call() throws IOException {
        AgentConfig settings = config.load();
        if (onlyEnrolled) {
            return new AgentStore(settings).identities().enrolled() ? 0 : 1;
        }
        StatusAnswer answer;
        try {
            answer = ServiceQuery.ask(LocalEnds.address(settings.runtimeDir()));
        } catch (IOException e) {
            err().println(texts.of("status.no-service", String.valueOf(e.getMessage())));
            return 1;
        }
        switch (form) {
            case json ->
                out().println(JsonFormat.printer()
                        .alwaysPrintFieldsWithNoPresence()
                        .print(answer));
            case text -> print(answer);
        }
        return 0;
    }

    private void print(StatusAnswer answer) {
        PrintWriter out = out();
        out.println(texts.of("status.terminal", answer.getTerminal()));
        out.println(texts.of(answer.getConnected() ? "status.connected" : "status.offline", answer.getServer()));
        out.println(
                answer.getRunningRevision() == 0
                        ? texts.of("status.no-policy")
                        : texts.of("status.revision", Long.toUnsignedString(answer.getRunningRevision())));
        out.println(texts.of("status.backlog", Long.toUnsignedString(answer.getBacklog())));
        for (ChannelState channel : answer.getChannelsList()) {
            out.println("  %-10s %s  %s"
                    .formatted(
                            channel.getChannel(),
                            texts.of("mode." + channel.getMode().name()),
                            channel.getDetail())
                    .stripTrailing());
        }
        if (answer.getSessionsCount() > 0) {
            out.println(texts.of("status.sessions", String.join(", ", answer.getSessionsList())));
        }
        out.println(texts.of("status.version", answer.getAgentVersion()));
    }

    private PrintWriter out() {
        return java.util.Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return java.util.Objects.requireNonNull(spec).commandLine().getErr();
    }
}
