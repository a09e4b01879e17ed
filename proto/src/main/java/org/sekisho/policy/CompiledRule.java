package org.sekisho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Verdict;

/** A rule, ready to decide; its decisions are made beforehand. Immutable, safe for all threads. */
record CompiledRule(Rule source, List<Clause> clauses, Outcome outcome, Decision decision, Decision liftedDecision) {
    static CompiledRule of(Rule rule, RuleCompiler compiler, long revision) {
        Outcome outcome = Outcome.of(rule);
        Decision decision = Decision.newBuilder()
                .setVerdict(outcome.verdict())
                .setRule(rule.getId())
                .setRevision(revision)
                .setSeverity(outcome.severity())
                .setReason(Reason.RULE_MATCHED)
                .build();
        Decision lifted = decision.toBuilder()
                .setVerdict(outcome.lifted())
                .setReason(Reason.PERMIT_USED)
                .build();
        return new CompiledRule(rule, compiler.compile(rule), outcome, decision, lifted);
    }

    /** What is decided under a permit that lifts it. */
    Decision liftedBy(Permit permit) {
        Decision.Builder lifted = liftedDecision.toBuilder().setPermit(permit.id());
        return (permit.isInward() ? lifted.setVerdict(Verdict.READ_ONLY) : lifted).build();
    }

    /** Null when all hold. */
    @Nullable
    Clause firstFailing(Case attempted) {
        for (Clause clause : clauses) {
            if (!clause.criterion().holds(attempted)) {
                return clause;
            }
        }
        return null;
    }
}
