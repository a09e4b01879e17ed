package org.sekisho.agent.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.secret.SecretStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sekisho-agent verify-journal}: proves a journal whole, or names the first bad record. Exit code 0: whole, 3: broken,
 * 2: it couldn't be verified.
 */
@Command(
        name = "verify-journal",
        mixinStandardHelpOptions = true,
        description = "${bundle:verify.usage}",
        resourceBundle = "org.sekisho.agent.journal.messages",
        exitCodeOnInvalidInput = VerifyJournalCommand.ERROR,
        exitCodeOnExecutionException = VerifyJournalCommand.ERROR)
public final class VerifyJournalCommand implements Callable<Integer> {
    /** The journal is whole. */
    public static final int WHOLE = 0;

    /** It couldn't be verified. */
    public static final int ERROR = 2;

    /** A record is bad. */
    public static final int BROKEN = 3;

    /** The key's name among the agent's secrets. */
    private static final String SECRET = "journal-key";

    /** How the report is written. */
    enum Output {
        text,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--key", paramLabel = "FILE", description = "${bundle:verify.key}")
    private @Nullable Path keyFile;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "${bundle:verify.state-dir}")
    private @Nullable Path stateDir;

    @Option(names = "--certificate", paramLabel = "PEM", description = "${bundle:verify.certificate}")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "${bundle:verify.output}")
    private Output output = Output.text;

    @Parameters(paramLabel = "PATH", description = "${bundle:verify.path}")
    private Path path = Path.of("");

    private final Locale locale;

    /** In the language of the machine. */
    public VerifyJournalCommand() {
        this(Locale.getDefault());
    }

    /** In this language. */
    public VerifyJournalCommand(Locale locale) {
        this.locale = locale;
    }

    @Override
    public Integer call() {
        CommandLine line =
                Objects.requireNonNull(spec, "picocli runs the command").commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        try {
            Path store = store();
            List<PublicKey> signers = signers();
            JournalCheck.Report report = new JournalCheck(key(store), signers).check(store);
            switch (output) {
                case text -> printText(out, store, report, !signers.isEmpty());
                case json -> out.println(json(store, report, !signers.isEmpty()));
            }
            out.flush();
            return report.isWhole() ? WHOLE : BROKEN;
        } catch (IOException | CertificateException | JournalException e) {
            String reason = e instanceof NoSuchFileException missing
                    ? text("verify.noStore", missing.getFile())
                    : String.valueOf(e.getMessage());
            err.println(text("verify.error", path, reason));
            err.flush();
            return ERROR;
        }
    }

    private JournalKey key(Path store) throws IOException {
        if (keyFile != null || stateDir == null) {
            return KeyFile.read(keyFile == null ? store.resolveSibling("journal.key") : keyFile);
        }
        byte[] secret = SecretStore.forPlatform(stateDir).read(SECRET);
        try {
            return new AesJournalKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Path store() throws NoSuchFileException {
        Path store = Files.isDirectory(path) ? new StoreFiles(path).store() : path;
        if (!Files.isRegularFile(store)) {
            throw new NoSuchFileException(store.toString());
        }
        return store.toAbsolutePath();
    }

    private List<PublicKey> signers() throws IOException, CertificateException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : certificates) {
            try (InputStream in = Files.newInputStream(file)) {
                var read = CertificateFactory.getInstance("X.509").generateCertificates(in);
                if (read.isEmpty()) {
                    throw new CertificateException(text("verify.noCertificate", file));
                }
                for (Certificate certificate : read) {
                    keys.add(certificate.getPublicKey());
                }
            }
        }
        return keys;
    }

    private void printText(PrintWriter out, Path store, JournalCheck.Report report, boolean signed) {
        Flaw flaw = report.flaw();
        if (flaw != null) {
            out.println(text(
                    report.badSeq() == 0 ? "verify.brokenStore" : "verify.broken",
                    store,
                    number(report.badSeq()),
                    text("flaw." + flaw),
                    report.detail(),
                    number(report.head().seq())));
            return;
        }
        if (report.events() == 0) {
            out.println(text("verify.empty", store));
        } else {
            out.println(text(
                    "verify.whole",
                    store,
                    number(report.firstSeq()),
                    number(report.head().seq()),
                    number(report.events()),
                    hash(report)));
        }
        if (report.lost() > 0) {
            out.println(text("verify.holes", number(report.lost())));
        }
        out.println(text(signed ? "verify.signed" : "verify.unsigned", number(report.checkpoints())));
    }

    private static String json(Path store, JournalCheck.Report report, boolean signed) {
        Flaw flaw = report.flaw();
        return "{\"path\":" + quoted(store.toString())
                + ",\"whole\":" + report.isWhole()
                + ",\"terminal\":" + quoted(report.terminal())
                + ",\"firstSeq\":" + (report.events() == 0 ? 0 : report.firstSeq())
                + ",\"lastSeq\":" + report.head().seq()
                + ",\"lastHash\":" + quoted(hash(report))
                + ",\"events\":" + report.events()
                + ",\"lost\":" + report.lost()
                + ",\"checkpoints\":" + report.checkpoints()
                + ",\"signaturesChecked\":" + signed
                + (flaw == null
                        ? ""
                        : ",\"badSeq\":" + report.badSeq() + ",\"flaw\":" + quoted(flaw.name()) + ",\"detail\":"
                                + quoted(report.detail()))
                + "}";
    }

    /** A JSON string (RFC 8259, section 7). */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String hash(JournalCheck.Report report) {
        return HexFormat.of().formatHex(report.head().hash().toByteArray());
    }

    private static String number(long number) {
        return Long.toString(number);
    }

    private String text(String key, Object... values) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "org.sekisho.agent.journal.messages",
                locale,
                VerifyJournalCommand.class.getClassLoader(),
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }
}
