package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.content.ContentInspector;
import org.sekisho.agent.content.ContentKind;
import org.sekisho.agent.content.Fingerprinter;
import org.sekisho.agent.content.Inspection;
import org.sekisho.agent.content.extract.ContentSource;
import org.sekisho.agent.content.extract.Extraction;
import org.sekisho.agent.content.extract.FileInspector;
import org.sekisho.agent.content.extract.Reading;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.Label;

/** Looks into files and names before they are decided about. Thread-safe. */
final class Settlement {
    /** What detectors and hash get through in some ten seconds on a slow terminal. */
    static final long MOST_INSPECTED = 2L << 30;

    private static final int PIECE = 256 * 1024;

    private final ContentInspector names;
    private final FileInspector contents;
    private final FileRulings rulings;

    Settlement(Fingerprinter fingerprinter, Extraction extraction, FileRulings rulings) {
        this.names = ContentInspector.of(fingerprinter);
        this.contents = new FileInspector(fingerprinter, extraction);
        this.rulings = requireNonNull(rulings, "rulings is null");
    }

    FileRulings rulings() {
        return rulings;
    }

    /** Looks into a file and has it decided. */
    boolean permits(FileAct act, String name, ContentSource content, Caller caller) throws IOException {
        return rulings.permits(report(act, name, content, caller));
    }

    private FileReport report(FileAct act, String name, ContentSource content, Caller caller) throws IOException {
        if (content.size() > MOST_INSPECTED) {
            return new FileReport(act, name, "", content.size(), "", labels(name), Reading.TOO_LARGE, caller);
        }
        String sha256 = sha256(content);
        FileInspector.Result found = contents.inspect(content, at -> {});
        List<Label> labels = new ArrayList<>(found.labels());
        List<Label> ofName = labels(name);
        return new FileReport(
                act,
                name,
                "",
                content.size(),
                sha256,
                ofName.isEmpty() ? labels : ContentInspector.merge(List.of(labels, ofName)),
                found.reading(),
                caller);
    }

    /** Which numbers are in a name. */
    List<Label> labels(String name) {
        Inspection inspection = names.open(ContentKind.UTF8_TEXT);
        byte[] bytes = name.getBytes(UTF_8);
        inspection.update(bytes, 0, bytes.length);
        return inspection.finish();
    }

    private static String sha256(ContentSource content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            long at = 0;
            int length;
            while ((length = content.read(at, piece, 0, piece.length)) > 0) {
                digest.update(piece, 0, length);
                at += length;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
