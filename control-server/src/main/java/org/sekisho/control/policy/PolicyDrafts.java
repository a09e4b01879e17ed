package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.PoliciesResource.PolicyCheckResult;
import org.sekisho.control.policy.PoliciesResource.PolicyDiffResult;
import org.sekisho.control.policy.PoliciesResource.PolicyTemplate;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.LocalText;
import org.sekisho.policy.ParsedPolicy;
import org.sekisho.policy.PolicyCheck;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Segment;

/** Reads, checks and compares drafts; changes nothing. Thread-safe. */
@Singleton
class PolicyDrafts {
    private final PolicyStore policies;
    private final Clock clock;

    @Inject
    PolicyDrafts(PolicyStore policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** A draft and what is to be said about it; null: it isn't a policy at all. */
    record Checked(@Nullable Policy policy, List<Finding> findings) {}

    Checked read(String yaml) {
        try {
            ParsedPolicy parsed = PolicyDocument.parse(yaml);
            List<Finding> findings = PolicyCheck.check(parsed, clock.instant()).stream()
                    .map(PolicyDrafts::view)
                    .toList();
            return new Checked(parsed.policy(), findings);
        } catch (PolicySyntaxException e) {
            return new Checked(
                    null, e.findings().stream().map(PolicyDrafts::view).toList());
        }
    }

    PolicyCheckResult check(String yaml) {
        Checked checked = read(yaml);
        Policy policy = checked.policy();
        boolean known = policy != null && policy.getSegment() != Segment.SEGMENT_UNSPECIFIED;
        return new PolicyCheckResult(known ? policy.getSegment().name() : null, checked.findings());
    }

    PolicyDiffResult diff(String yaml) {
        throw new UnsupportedOperationException("draft");
    }

    List<PolicyTemplate> templates() {
        return List.of();
    }

    private static Finding view(org.sekisho.policy.Finding finding) {
        return new Finding(
                switch (finding.level()) {
                    case ERROR -> Finding.Severity.ERROR;
                    case WARNING -> Finding.Severity.WARNING;
                    case NOTE -> Finding.Severity.NOTE;
                },
                finding.code().id(),
                finding.rule().isEmpty() ? null : finding.rule(),
                finding.line() == 0 ? null : finding.line(),
                finding.column() == 0 ? null : finding.column(),
                new LocalText(finding.text(Locale.JAPANESE), finding.text(Locale.ENGLISH)));
    }
}
