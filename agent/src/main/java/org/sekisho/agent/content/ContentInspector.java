package org.sekisho.agent.content;

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
        throw new UnsupportedOperationException(kind + fingerprinter.toString());
    }

    /**
     * Joins what was found in several forms of the same content, such as its text and its HTML: for each (label, grade) the
     * highest count of any form, so that a number which is in all forms counts once.
     */
    public static List<Label> merge(Collection<List<Label>> forms) {
        throw new UnsupportedOperationException(forms.toString());
    }
}
