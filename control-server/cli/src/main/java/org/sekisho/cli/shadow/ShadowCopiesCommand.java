package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.Confirmation;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.Query;
import org.sekisho.shadow.ShadowException;
import org.sekisho.shadow.ShadowOpener;
import org.sekisho.v1.SealedKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho shadow-copies}: lists enciphered copies and opens them, two custodians together; without a sub-command it lists. */
@Command(name = "shadow-copies")
public final class ShadowCopiesCommand implements Runnable {
    private final Workbench workbench;
    private final Texts texts;

    public ShadowCopiesCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(null, null, 100);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "STATE") @Nullable String state,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable String terminal,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench
                .connect()
                .list(
                        Copy.PATH,
                        new Query()
                                .with("state", state == null ? null : state.toUpperCase(Locale.ROOT))
                                .with("terminal", terminal),
                        limit);
        output().result(found, () -> facts().list(found.path("items")));
        return ExitCodes.OK;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "ID") String id) {
        JsonNode about = copy(id).about();
        output().result(about, () -> facts().show(about));
        return ExitCodes.OK;
    }

    @Command(name = "ask")
    int ask(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        JsonNode opening = copy(id).ask(reason);
        return done(opening, "shadow-copies.asked", id, opening.path("id").asText(""));
    }

    @Command(name = "approve")
    int approve(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "OPENING") String opening,
            @Option(names = "--key", paramLabel = "FILE", required = true) Path key,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphrase,
            @Option(names = "--yes") boolean yes) {
        Copy copy = copy(id);
        JsonNode about = copy.about();
        JsonNode asked = copy.opening(about, opening);
        SealedKey seal = copy.seal(opening);
        if (!seal.getReader().equals(asked.path("reader").asText(""))) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("shadow-copies.other-reader", seal.getReader()));
        }
        explain(copy, about, asked);
        if (!yes) {
            new Confirmation(workbench).ask(texts.text("shadow-copies.sure", seal.getReader()));
        }
        byte[] approved;
        try {
            approved = ShadowOpener.approve(id, seal, read(key, passphrase));
        } catch (ShadowException e) {
            throw new CommandFailure(
                    ExitCodes.REFUSED, texts.text("shadow-copies.not-approved", String.valueOf(e.getMessage())), e);
        }
        return done(copy.approve(opening, approved), "shadow-copies.approved", seal.getReader());
    }

    /** What the approver lets whom read. */
    private void explain(Copy copy, JsonNode about, JsonNode asked) {
        Output output = output();
        String size = about.path("bytes").asText("-");
        output.note(texts.text(
                "shadow-copies.will-read",
                asked.path("reader").asText(""),
                asked.path("reason").asText(""),
                output.time(asked.path("askedAt"))));
        output.note(copy.event(about)
                .map(event -> texts.text(
                        "shadow-copies.file",
                        EventFile.of(event).path("name").asText("-"),
                        size,
                        event.path("terminal").asText(""),
                        event.path("user").asText("-"),
                        output.time(event.path("occurredAt"))))
                .orElseGet(() -> texts.text(
                        "shadow-copies.unknown-file",
                        size,
                        about.path("terminal").asText(""))));
    }

    @Command(name = "refuse")
    int refuse(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "OPENING") String opening,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        return done(copy(id).refuse(opening, reason), "shadow-copies.refused", opening);
    }

    @Command(name = "open")
    int open(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "OPENING") String opening,
            @Option(names = "--key", paramLabel = "FILE", required = true) Path key,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphrase,
            @Option(names = "--to", paramLabel = "FILE", required = true) Path to) {
        if (Files.exists(to)) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("download.exists", to));
        }
        Copy copy = copy(id);
        JsonNode about = copy.about();
        String reader = copy.opening(about, opening).path("reader").asText("");
        Copy.Approved approved = copy.approved(opening);
        JsonNode event = copy.event(about).orElse(null);
        X25519PrivateKeyParameters own = read(key, passphrase);
        CopyReader.Clear clear = new CopyReader(copy, texts).open(opening, reader, approved, own, event, to);
        if (event == null) {
            output().note(texts.text("shadow-copies.not-compared"));
        }
        return done(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", clear.name())
                        .put("bytes", clear.bytes())
                        .put("file", to.toString())
                        .put("compared", event != null),
                "shadow-copies.opened",
                clear.name(),
                Long.toString(clear.bytes()),
                to);
    }

    private X25519PrivateKeyParameters read(Path key, @Nullable Path passphrase) {
        return new KeyFile(key, texts).read(new Passphrase(workbench).existing(passphrase));
    }

    private int done(JsonNode answer, String text, Object... args) {
        Output output = output();
        output.result(answer, () -> output.line(texts.text(text, args)));
        return ExitCodes.OK;
    }

    private Copy copy(String id) {
        return new Copy(workbench.connect(), texts, id);
    }

    private CopyFacts facts() {
        return new CopyFacts(texts, output());
    }

    private Output output() {
        return workbench.output();
    }
}
