package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.PoliciesResource.Direction;
import org.sekisho.control.policy.PoliciesResource.PolicyChange;
import org.sekisho.control.policy.PoliciesResource.PolicyCheckResult;
import org.sekisho.control.policy.PoliciesResource.PolicyDiffResult;
import org.sekisho.control.policy.PoliciesResource.PolicyTemplate;
import org.sekisho.control.policy.PolicyStore.Latest;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.LocalText;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.policy.Change;
import org.sekisho.policy.ParsedPolicy;
import org.sekisho.policy.PolicyCheck;
import org.sekisho.policy.PolicyDiff;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;
import org.sekisho.policy.PolicyTemplates;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Segment;

/** Reads, checks and compares drafts; changes nothing. Thread-safe. */
@Singleton
public class PolicyDrafts {
    private final PolicyStore policies;
    private final CustodianDuty custodians;
    private final Clock clock;

    @Inject
    PolicyDrafts(PolicyStore policies, CustodianDuty custodians, Clock clock) {
        this.policies = policies;
        this.custodians = custodians;
        this.clock = clock;
    }

    /** A draft and what is to be said about it; null: it isn't a policy at all. */
    record Checked(@Nullable Policy policy, List<Finding> findings) {}

    Checked read(String yaml) {
        try {
            ParsedPolicy parsed = PolicyDocument.parse(yaml);
            Stream<Finding> ofItself =
                    PolicyCheck.check(parsed, clock.instant()).stream().map(PolicyDrafts::view);
            return new Checked(
                    parsed.policy(),
                    Stream.concat(ofItself, custodians.check(parsed.policy()).stream())
                            .toList());
        } catch (PolicySyntaxException e) {
            return new Checked(
                    null, e.findings().stream().map(PolicyDrafts::view).toList());
        }
    }

    PolicyCheckResult check(String yaml) {
        Checked checked = read(yaml);
        Policy policy = checked.policy();
        Segment segment = policy == null ? Segment.SEGMENT_UNSPECIFIED : policy.getSegment();
        return new PolicyCheckResult(
                segment == Segment.SEGMENT_UNSPECIFIED ? null : segment.name(), checked.findings());
    }

    /**
     * A draft for a segment, sound or not.
     *
     * @param against the segment's current revision; null: none is published
     */
    public record SegmentDraft(Policy policy, @Nullable Long against) {}

    /**
     * The draft, if it can be read at all.
     *
     * @throws ProblemException 422 with the findings if not
     */
    public SegmentDraft readable(String yaml) {
        Policy draft = forSegment(yaml);
        long revision = policies.inForce(draft.getSegment()).newest().revision();
        return new SegmentDraft(draft, revision == 0 ? null : revision);
    }

    private Policy forSegment(String yaml) {
        Checked checked = read(yaml);
        Policy draft = checked.policy();
        if (draft == null || draft.getSegment() == Segment.SEGMENT_UNSPECIFIED) {
            throw new ProblemException(
                    422, "policy-findings", "The draft can't be compared before it can be read", checked.findings());
        }
        return draft;
    }

    PolicyDiffResult diff(String yaml) {
        Policy draft = forSegment(yaml);
        return compare(draft, policies.inForce(draft.getSegment()));
    }

    /**
     * Compares with what is in force. Where a roll-out is staged, terminals run two revisions, and what loosens against either
     * loosens; answered is then the comparison that says so.
     */
    PolicyDiffResult compare(Policy draft, InForce inForce) {
        PolicyDiffResult byNewest = against(draft, inForce.newest());
        if (byNewest.needsConsent()
                || !inForce.isStaged()
                || inForce.everybodys().revision() == 0) {
            return byNewest;
        }
        PolicyDiffResult byEverybodys = against(draft, inForce.everybodys());
        return byEverybodys.needsConsent() ? byEverybodys : byNewest;
    }

    private static PolicyDiffResult against(Policy draft, Latest before) {
        List<Change> changes =
                PolicyDiff.between(before.yaml() == null ? empty(draft) : published(before.yaml()), draft);
        boolean first = before.revision() == 0;
        return new PolicyDiffResult(
                first ? null : before.revision(),
                !first && PolicyDiff.overall(changes) == Change.Direction.LOOSENS,
                changes.stream().map(PolicyDrafts::view).toList());
    }

    /** What a proposal changes against what was in force when it was made. */
    List<PolicyChange> changes(String yaml, long against) {
        Policy draft = forSegment(yaml);
        String before = policies.yaml(draft.getSegment().name(), against);
        return against(draft, new Latest(against, before)).changes();
    }

    /** What one published revision changed against another. */
    PolicyDiffResult between(String segment, long revision, long against) {
        return against(
                published(policies.yaml(segment, revision)), new Latest(against, policies.yaml(segment, against)));
    }

    List<PolicyTemplate> templates() {
        return PolicyTemplates.segments().stream()
                .map(segment -> new PolicyTemplate(segment.name(), PolicyTemplates.text(segment)))
                .toList();
    }

    /** Before the first revision every channel is blocked: that is what no policy means. */
    private static Policy empty(Policy draft) {
        return Policy.newBuilder()
                .setSegment(draft.getSegment())
                .setName(draft.getName())
                .build();
    }

    private static Policy published(String yaml) {
        try {
            return PolicyDocument.parse(yaml).policy();
        } catch (PolicySyntaxException e) {
            throw new IllegalStateException("A published policy can't be read any more", e);
        }
    }

    private static PolicyChange view(Change change) {
        return new PolicyChange(
                change.kind().name().startsWith("RULE_") ? change.subject() : null,
                change.field().isEmpty() ? null : change.field(),
                switch (change.direction()) {
                    case TIGHTENS -> Direction.TIGHTENS;
                    case LOOSENS -> Direction.LOOSENS;
                    case NEUTRAL -> Direction.NEUTRAL;
                },
                new LocalText(change.text(Locale.JAPANESE), change.text(Locale.ENGLISH)));
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
                finding.path().isEmpty() ? null : finding.path(),
                finding.line() == 0 ? null : finding.line(),
                finding.column() == 0 ? null : finding.column(),
                new LocalText(finding.text(Locale.JAPANESE), finding.text(Locale.ENGLISH)));
    }
}
