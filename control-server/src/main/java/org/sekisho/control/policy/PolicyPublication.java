package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.policy.PolicyView.StageState;
import org.sekisho.control.policy.RevisionWriter.Origin;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Segment;

/**
 * Makes a draft a segment's next revision: checked, compared, numbered, signed, and pushed once it is committed. Thread-safe;
 * joins the caller's transaction.
 *
 * <p>Four eyes: what tightens, or changes nothing for anybody, goes out by one administrator; what loosens waits until a second
 * person consents. Which it is the server finds out by comparing, against all that is in force. A segment's first revision needs
 * no second person: before it, terminals let nothing out because they know no rule; the installation is being set up, often by the
 * only operator there is; and everything after it is held against it.
 *
 * <p>One staged roll-out at a time: while a pilot runs nothing else is published in the segment. Ending a pilot by giving everybody
 * what all but the pilot's terminals run anyway needs no second person either: it lets out no more than what was in force.
 */
@Singleton
class PolicyPublication {
    private final Jdbi jdbi;
    private final PolicyStore policies;
    private final PolicyDrafts drafts;
    private final RevisionWriter revisions;
    private final ProposalStore proposals;
    private final SignedIn operator;
    private final Clock clock;

    @Inject
    PolicyPublication(
            Jdbi jdbi,
            PolicyStore policies,
            PolicyDrafts drafts,
            RevisionWriter revisions,
            ProposalStore proposals,
            SignedIn operator,
            Clock clock) {
        this.jdbi = jdbi;
        this.policies = policies;
        this.drafts = drafts;
        this.revisions = revisions;
        this.proposals = proposals;
        this.operator = operator;
        this.clock = clock;
    }

    /**
     * What is to be published.
     *
     * @param expectedCurrent the revision that the author saw as newest; null: whichever it is
     * @param pilot whom it goes to first; null: to everybody at once
     */
    record Request(
            String yaml,
            String reason,
            @Nullable Long expectedCurrent,
            @Nullable NewPilot pilot) {}

    /** What came of it. */
    sealed interface Outcome {
        /** It is the segment's newest revision. */
        record Published(PolicyView policy) implements Outcome {}

        /** It loosens, and waits for a second person. */
        record Waits(ProposalView proposal) implements Outcome {}
    }

    Outcome publish(Request request) {
        Policy draft = sound(request.yaml());
        Pilot pilot = request.pilot() == null ? null : request.pilot().pilot();
        return jdbi.withHandle(handle -> {
            InForce inForce = policies.lockInForce(handle, draft.getSegment());
            long newest = inForce.newest().revision();
            if (request.expectedCurrent() != null && request.expectedCurrent() != newest) {
                throw ProblemException.stale("The current revision of " + draft.getSegment() + " is " + newest
                        + ", not " + request.expectedCurrent() + "; compare again and repeat");
            }
            refuseBesidesAPilot(inForce, draft.getSegment());
            if (drafts.compare(draft, inForce).needsConsent()) {
                long proposal = proposals.insert(
                        handle, draft, request.yaml(), request.reason(), newest, pilot, operator.id(), clock.instant());
                return new Outcome.Waits(proposals.get(proposal, operator.id(), clock.instant()));
            }
            Origin origin = new Origin(operator.name(), request.reason(), null);
            return new Outcome.Published(write(handle, draft, newest + 1, request.yaml(), origin, pilot));
        });
    }

    /**
     * Publishes anew what a revision said, under the next number: terminals take no lower one. Where a pilot runs or was stopped
     * and the revision is the one that everybody else runs, this ends it.
     */
    Outcome restore(String segment, long revision, String reason) {
        return jdbi.withHandle(handle -> {
            String yaml = policies.yaml(segment, revision);
            InForce inForce = policies.lockInForce(handle, WireNames.parse(Segment.class, segment));
            if (!inForce.isStaged() || inForce.everybodys().revision() != revision) {
                return publish(new Request(yaml, reason, null, null));
            }
            long newest = inForce.newest().revision();
            if (inForce.stage() == StageState.PILOT) {
                policies.setStage(
                        handle, segment, newest, StageState.STOPPED, operator.name(), reason, clock.instant());
            }
            Origin origin = new Origin(operator.name(), reason, null);
            return new Outcome.Published(write(handle, sound(yaml), newest + 1, yaml, origin, null));
        });
    }

    /**
     * Consents to a proposal, which becomes the segment's next revision.
     *
     * @throws ProblemException 403 if it is the operator's own, or the operator is a script; 409 if it is no longer open, or a
     *     newer revision was published since it was made
     */
    PolicyView approve(long id, @Nullable String reason) {
        return jdbi.withHandle(handle -> {
            ProposalStore.Open proposal = proposals.lockForJudgement(handle, id, operator, clock.instant());
            Policy draft = sound(proposal.yaml());
            InForce inForce = policies.lockInForce(handle, draft.getSegment());
            if (inForce.newest().revision() != proposal.baseRevision()) {
                throw ProblemException.stale("The proposal was made against revision " + proposal.baseRevision()
                        + " of " + draft.getSegment() + ", and "
                        + inForce.newest().revision()
                        + " is the newest now; it has to be proposed again");
            }
            refuseBesidesAPilot(inForce, draft.getSegment());
            long next = proposal.baseRevision() + 1;
            PolicyView published = write(
                    handle,
                    draft,
                    next,
                    proposal.yaml(),
                    new Origin(proposal.author(), proposal.reason(), id),
                    proposal.pilot());
            proposals.decide(handle, id, ProposalView.State.APPROVED, operator.id(), reason, next, clock.instant());
            return policies.get(Reach.EVERYTHING, published.segment(), next);
        });
    }

    private static void refuseBesidesAPilot(InForce inForce, Segment segment) {
        if (inForce.stage() == StageState.PILOT) {
            throw new ProblemException(
                    409,
                    "pilot-under-way",
                    "Revision " + inForce.newest().revision() + " of " + segment
                            + " is being tried by a pilot group; publish it to all, stop it, or go back, then repeat");
        }
    }

    private PolicyView write(
            Handle handle, Policy draft, long revision, String yaml, Origin origin, @Nullable Pilot pilot) {
        revisions.write(handle, draft.toBuilder().setRevision(revision).build(), yaml, origin, pilot);
        return policies.get(Reach.EVERYTHING, draft.getSegment().name(), revision);
    }

    private Policy sound(String yaml) {
        PolicyDrafts.Checked checked = drafts.read(yaml);
        List<Finding> errors = checked.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        Policy policy = checked.policy();
        if (policy == null || !errors.isEmpty()) {
            throw new ProblemException(
                    422, "policy-findings", "The policy has errors and was not published", checked.findings());
        }
        return policy;
    }
}
