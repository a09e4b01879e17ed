package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.policy.PolicyView.StageState;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Segment;

/** Takes a roll-out in stages further. Thread-safe; joins the caller's transaction. */
@Singleton
class PolicyStages {
    private final Jdbi jdbi;
    private final PolicyStore policies;
    private final SignedIn operator;
    private final Clock clock;

    @Inject
    PolicyStages(Jdbi jdbi, PolicyStore policies, SignedIn operator, Clock clock) {
        this.jdbi = jdbi;
        this.policies = policies;
        this.operator = operator;
        this.clock = clock;
    }

    /**
     * The revision's new state; terminals are told once the transaction is committed.
     *
     * @throws ProblemException 409 if it isn't the segment's newest, is everybody's already, or is in that state
     */
    PolicyView change(String segment, long revision, StageState state, String reason) {
        policies.get(Reach.EVERYTHING, segment, revision);
        Segment of = WireNames.parse(Segment.class, segment);
        jdbi.useHandle(handle -> {
            InForce inForce = policies.lockInForce(handle, of);
            if (inForce.newest().revision() != revision || !inForce.isStaged()) {
                throw new ProblemException(
                        409,
                        "not-staged",
                        "Revision " + revision + " of " + segment + " is not being rolled out in stages");
            }
            if (inForce.stage() == state) {
                throw ProblemException.stale("The roll-out is " + state + " already");
            }
            policies.setStage(handle, segment, revision, state, operator.name(), reason, clock.instant());
            RevisionWriter.tell(handle, of.getNumber());
        });
        return policies.get(Reach.EVERYTHING, segment, revision);
    }
}
