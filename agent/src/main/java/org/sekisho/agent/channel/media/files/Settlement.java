package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
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
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.Label;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into files and names before they are decided about. Thread-safe. */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    /** What detectors and hash get through in some ten seconds on a slow terminal. */
    static final long MOST_INSPECTED = 2L << 30;

    private final ContentInspector names;
    private final FileInspector contents;
    private final FileRulings rulings;
    private final ShadowWriter shadows;

    Settlement(Fingerprinter fingerprinter, Extraction extraction, FileRulings rulings, ShadowWriter shadows) {
        this.names = ContentInspector.of(fingerprinter);
        this.contents = new FileInspector(fingerprinter, extraction);
        this.rulings = requireNonNull(rulings, "rulings is null");
        this.shadows = requireNonNull(shadows, "shadows is null");
    }

    FileRulings rulings() {
        return rulings;
    }

    /** Looks into a file and has it decided; a copy that is asked for is kept before this returns. */
    boolean permits(FileAct act, String name, ContentSource content, Caller caller) throws IOException {
        FileReport report = report(act, name, content, caller);
        FileRuling ruling = rulings.rule(report);
        if (ruling.hasShadowCopy()) {
            shadows.keep(ruling.getShadowCopy(), name, report.sha256(), content);
            rulings.shadowDone(ruling.getShadowCopy());
        }
        return ruling.getPermitted();
    }

    private FileReport report(FileAct act, String name, ContentSource content, Caller caller) {
        List<Label> ofName = labels(name);
        if (content.size() > MOST_INSPECTED) {
            return new FileReport(act, name, "", content.size(), "", ofName, Reading.TOO_LARGE, caller);
        }
        try {
            HashedContent hashed = new HashedContent(content);
            FileInspector.Result found = contents.inspect(hashed, at -> {});
            List<Label> labels =
                    ofName.isEmpty() ? found.labels() : ContentInspector.merge(List.of(found.labels(), ofName));
            return new FileReport(act, name, "", content.size(), hashed.sha256(), labels, found.reading(), caller);
        } catch (IOException e) {
            // Torn out, broken, or taken away: what was done is recorded all the same.
            LOG.warn("A file of {} bytes can't be read to look into it: {}", content.size(), e.getMessage());
            return new FileReport(act, name, "", content.size(), "", ofName, Reading.UNREADABLE, caller);
        }
    }

    /** Which numbers are in a name. */
    List<Label> labels(String name) {
        Inspection inspection = names.open(ContentKind.UTF8_TEXT);
        byte[] bytes = name.getBytes(UTF_8);
        inspection.update(bytes, 0, bytes.length);
        return inspection.finish();
    }
}
