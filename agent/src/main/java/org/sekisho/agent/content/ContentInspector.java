package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sekisho.v1.Label;

/** The way into content inspection. */
public final class ContentInspector {
    private final Fingerprinter fingerprinter;

    private ContentInspector(Fingerprinter fingerprinter) {
        this.fingerprinter = fingerprinter;
    }

    /** An inspector whose labels carry fingerprints by {@code fingerprinter}. As thread-safe as that is. */
    public static ContentInspector of(Fingerprinter fingerprinter) {
        return new ContentInspector(fingerprinter);
    }

    /** Begins the inspection of one content. */
    public Inspection open(ContentKind kind) {
        return new StreamInspection(fingerprinter, kind);
    }

    /**
     * Joins what was found in several forms of the same content, such as its text and its HTML. Of each label the highest
     * count at high grade in any form is high; what the highest count at both grades together has above that is low. So a
     * number that is in all forms counts once.
     */
    public static List<Label> merge(Collection<List<Label>> forms) {
        List<List<Finding>> findings = new ArrayList<>();
        for (List<Label> form : forms) {
            findings.add(form.stream().map(Finding::of).toList());
        }
        return FindingMerge.findings(findings).stream().map(Finding::toProto).toList();
    }
}
