package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.shadow.CustodianKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho custodian-key}: makes a custodian's key, and prints what the policy says of it. */
@Command(name = "custodian-key")
public final class CustodianKeyCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Option(names = "--to", paramLabel = "FILE")
    private @Nullable Path to;

    @Option(names = "--show", paramLabel = "FILE")
    private @Nullable Path show;

    @Option(names = "--operator", paramLabel = "NAME")
    private @Nullable String operator;

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    private @Nullable Path passphrase;

    public CustodianKeyCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        Path made = to;
        Path shown = show;
        if (made != null && shown == null) {
            print(operator(), make(made), made);
        } else if (shown != null && made == null) {
            print(operator(), new KeyFile(shown, texts).read(new Passphrase(workbench).existing(passphrase)), shown);
        } else {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("custodian-key.which"));
        }
        return ExitCodes.OK;
    }

    private X25519PrivateKeyParameters make(Path file) {
        KeyFile keyFile = new KeyFile(file, texts);
        keyFile.mustBeNew();
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(new SecureRandom());
        keyFile.write(key, new Passphrase(workbench).chosen(passphrase));
        workbench.output().note(texts.text("custodian-key.made", file));
        return key;
    }

    /** Seals are bound to the name: it is the one that the server knows. */
    private String operator() {
        if (operator != null) {
            return operator;
        }
        try {
            return workbench
                    .connect()
                    .get("/session")
                    .path("operator")
                    .path("name")
                    .asText("");
        } catch (CommandFailure e) {
            throw new CommandFailure(
                    e.exitCode(), texts.text("custodian-key.no-operator", String.valueOf(e.getMessage())), e);
        }
    }

    private void print(String name, X25519PrivateKeyParameters key, Path file) {
        String text = CustodianKey.write(key.generatePublicKey());
        Output output = workbench.output();
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("operator", name)
                        .put("key", text)
                        .put("file", file.toString()),
                // A string of JSON is one of YAML.
                () -> output.line("- {operator: " + TextNode.valueOf(name) + ", key: " + text + "}"));
    }
}
