package org.sekisho.agent.channel.media;

import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Declined;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.channel.PersonDesk.Unclear;
import org.sekisho.agent.channel.PersonDesk.Unshown;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/**
 * What is to be done about one class of a device.
 *
 * @param attempt what the event will say was tried
 * @param decision what the event will say was decided
 * @param access what to carry out
 * @param notice what to tell the person; empty: nothing
 * @param justification the person's reason; empty if none was given
 */
record ClassRuling(
        MediaClass type, Attempt attempt, Decision decision, Access access, Notice notice, String justification) {

    /** Why the verdict could not be carried out; what was less than the verdict lets through stays shut out. */
    ClassRuling shutOut(String failure) {
        return new ClassRuling(
                type, attempt, decision.toBuilder().setFailure(failure).build(), Access.OUT, notice, justification);
    }

    ClassRuling failed(String failure) {
        return new ClassRuling(
                type, attempt, decision.toBuilder().setFailure(failure).build(), access, notice, justification);
    }

    /** After the person was asked; none but a reason lets anything in. */
    ClassRuling answered(Answer answer) {
        Decision because = decision.toBuilder().setReason(answer.reason()).build();
        return switch (answer) {
            case Given given ->
                new ClassRuling(type, attempt, because, Access.IN, Notice.getDefaultInstance(), given.text());
            // Who declines knows that it stays shut.
            case Declined none -> without(because);
            case Unasked none -> without(because);
            case Unshown none -> without(because);
            case Unclear none -> without(because);
        };
    }

    private ClassRuling without(Decision because) {
        return new ClassRuling(type, attempt, because, Access.OUT, Notice.getDefaultInstance(), "");
    }

    /** What the event will say was done: what should have been stopped and was not is only audited. */
    Enforcement enforcement() {
        if (!decision.getFailure().isEmpty()) {
            return Enforcement.NOT_ENFORCED;
        }
        Verdict verdict = decision.getVerdict();
        boolean stops = verdict == Verdict.BLOCK
                || verdict == Verdict.READ_ONLY
                || (verdict == Verdict.JUSTIFY && decision.getReason() != Reason.JUSTIFICATION_GIVEN);
        return stops && access == Access.IN ? Enforcement.AUDIT_ONLY : Enforcement.ENFORCED;
    }
}
