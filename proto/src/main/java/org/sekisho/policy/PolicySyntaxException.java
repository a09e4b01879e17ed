package org.sekisho.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A text is not a policy. Carries everything that is wrong with it, in the order of the text. */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    /** Enough to act on in a log line; the whole list is in {@link #findings()}. */
    private static final int SHOWN = 5;

    private final transient List<Finding> findings;

    PolicySyntaxException(List<Finding> findings) {
        super(summary(findings));
        this.findings = List.copyOf(findings);
    }

    private static String summary(List<Finding> findings) {
        String shown = findings.stream()
                .limit(SHOWN)
                .map(finding ->
                        "line " + finding.line() + " column " + finding.column() + ": " + finding.text(Locale.ENGLISH))
                .collect(Collectors.joining("; "));
        int more = findings.size() - SHOWN;
        return "The text is not a policy: " + shown + (more > 0 ? "; and " + more + " more" : "");
    }

    /** At least one, in the order of the text. */
    public List<Finding> findings() {
        return findings;
    }
}
