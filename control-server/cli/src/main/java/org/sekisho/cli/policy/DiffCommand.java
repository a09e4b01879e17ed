package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.ServerRefusal;
import org.sekisho.policy.ParsedPolicy;
import org.sekisho.policy.PolicyDiff;
import org.sekisho.policy.PolicySyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy diff}: what a draft tightens and loosens, against the running revision or between two files. */
@Command(name = "diff")
public final class DiffCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(index = "0", paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Parameters(index = "1", paramLabel = "NEWER", arity = "0..1")
    private @Nullable Path newer;

    public DiffCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        Output output = workbench.output();
        JsonNode difference = newer == null ? againstRunning() : between(file, newer);
        output.result(difference, () -> {
            if (newer == null) {
                JsonNode against = difference.path("against");
                output.line(
                        against.isNumber()
                                ? texts.text("diff.against", against.asText())
                                : texts.text("diff.against-none"));
            }
            new ChangesView(texts, output).print(difference.path("changes"));
        });
        return ExitCodes.OK;
    }

    private JsonNode againstRunning() {
        ObjectNode draft = JsonNodeFactory.instance.objectNode().put("yaml", new PolicyFile(texts).read(file));
        try {
            return workbench.connect().post("/policies/diff", draft);
        } catch (ServerRefusal refusal) {
            new FindingsView(texts, workbench.output())
                    .explain(file.toString(), refusal.problem().path("findings"));
            throw refusal;
        }
    }

    private JsonNode between(Path before, Path after) {
        ObjectNode difference = JsonNodeFactory.instance.objectNode();
        difference.set(
                "changes",
                OfflinePolicy.changes(
                        PolicyDiff.between(parse(before).policy(), parse(after).policy())));
        return difference;
    }

    private ParsedPolicy parse(Path path) {
        try {
            return OfflinePolicy.parse(new PolicyFile(texts).read(path));
        } catch (PolicySyntaxException e) {
            new FindingsView(texts, workbench.output()).explain(path.toString(), OfflinePolicy.json(e.findings()));
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("diff.not-a-policy", path), e);
        }
    }
}
