package org.sekisho.agent.content;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.sekisho.agent.content.extract.Extraction;
import org.sekisho.agent.content.extract.FileInspector;
import org.sekisho.agent.content.extract.Reading;
import org.sekisho.agent.content.extract.Sandbox;
import org.sekisho.v1.Label;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sekisho-agent scan}: says which numbers are in files, and never which they are.
 *
 * <p>Exit code 0: nothing was found; 3: something was; 2: at least one file could not be inspected, whatever the others hold.
 */
@Command(
        name = "scan",
        resourceBundle = "org.sekisho.agent.content.ScanMessages",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ScanCommand.FAILED)
public final class ScanCommand implements Callable<Integer> {
    static final int CLEAN = 0;
    static final int FAILED = 2;
    static final int FOUND = 3;
    /** Standard input, as the usual commands have it. */
    private static final String STANDARD_INPUT = "-";
    /** As long as the hash of HMAC-SHA-256. */
    private static final int KEY_BYTES = 32;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            descriptionKey = "output",
            defaultValue = "text")
    private Output output = Output.text;

    @Parameters(paramLabel = "FILE", descriptionKey = "file", arity = "0..*")
    private List<String> files = List.of();

    /** Named as they are written on the command line. */
    private enum Output {
        text,
        json
    }

    /** For picocli. */
    public ScanCommand() {}

    @Override
    public Integer call() throws IOException {
        ResourceBundle messages = ResourceBundle.getBundle("org.sekisho.agent.content.ScanMessages");
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int exit = CLEAN;
        try (Extraction extraction = new Extraction(Sandbox.ofThisProgram())) {
            FileScan scan = new FileScan(fingerprinter(), extraction, new ScanProgress(err, messages));
            for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
                String shown = Masker.mask(file);
                try {
                    FileInspector.Result result =
                            file.equals(STANDARD_INPUT) ? scan.standardInput(System.in) : scan.file(file);
                    out.println(output == Output.json ? json(shown, result) : text(shown, result, messages));
                    if (result.reading() != Reading.WHOLE) {
                        err.println(messages.getString("reading." + result.reading())
                                .formatted(shown));
                        exit = FAILED;
                    } else if (exit == CLEAN && !result.labels().isEmpty()) {
                        exit = FOUND;
                    }
                } catch (IOException e) {
                    err.println(messages.getString("unreadable").formatted(shown, reason(e, file, messages)));
                    exit = FAILED;
                }
                out.flush();
                err.flush();
            }
        }
        return exit;
    }

    /** Nobody sees the fingerprints of a scan: a key that nobody knows will do. */
    private static Fingerprinter fingerprinter() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        HmacFingerprinter fingerprinter = new HmacFingerprinter(key);
        Arrays.fill(key, (byte) 0);
        return fingerprinter;
    }

    private static String reason(IOException e, String file, ResourceBundle messages) {
        return switch (e) {
            case FileScan.DirectoryException d -> messages.getString("directory");
            case NoSuchFileException n -> "ENOENT: " + messages.getString("missing");
            case AccessDeniedException a -> "EACCES: " + messages.getString("denied");
            default -> {
                String message = String.valueOf(e.getMessage());
                // The JDK puts the path before the reason; it is shown, masked, already.
                String bare = message.startsWith(file + ": ") ? message.substring(file.length() + 2) : message;
                yield Masker.mask(e.getClass().getSimpleName() + ": " + bare);
            }
        };
    }

    private static String json(String shown, FileInspector.Result result) {
        StringBuilder json =
                new StringBuilder("{\"file\":").append(JsonText.quote(shown)).append(",\"labels\":[");
        String separator = "";
        for (Label label : result.labels()) {
            json.append(separator)
                    .append("{\"label\":")
                    .append(JsonText.quote(label.getLabel()))
                    .append(",\"count\":")
                    .append(Integer.toUnsignedString(label.getCount()))
                    .append(",\"grade\":\"")
                    .append(Finding.of(label).isHigh() ? "high" : "low")
                    .append("\"}");
            separator = ",";
        }
        String unread = result.reading() == Reading.WHOLE
                ? ""
                : ",\"unread\":" + JsonText.quote(result.reading().name().toLowerCase(Locale.ROOT));
        return json.append(']').append(unread).append('}').toString();
    }

    private static String text(String shown, FileInspector.Result result, ResourceBundle messages) {
        if (result.labels().isEmpty()) {
            return messages.getString(result.reading() == Reading.WHOLE ? "text.clean" : "text.unread")
                    .formatted(shown);
        }
        StringBuilder text = new StringBuilder();
        for (Label label : result.labels()) {
            String grade = messages.getString(Finding.of(label).isHigh() ? "grade.high" : "grade.low");
            text.append(text.isEmpty() ? "" : messages.getString("text.separator"))
                    .append(messages.getString("text.label")
                            .formatted(
                                    messages.getString("label." + label.getLabel()),
                                    Integer.toUnsignedLong(label.getCount()),
                                    grade));
        }
        return messages.getString("text.found").formatted(shown, text);
    }
}
