package org.sekisho.agent.channel.clipboard;

import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/**
 * What is done about a paste.
 *
 * @param decision what the event will say was decided
 * @param letThrough whether the content is handed out
 * @param justify whether the user is to be asked for a reason first
 * @param notice what the user is told if it is not handed out
 */
record PasteRuling(Decision decision, boolean letThrough, boolean justify, Notice notice) {

    /** After the person has been asked. */
    PasteRuling answered(Answer answer) {
        boolean given = answer instanceof Given;
        Decision because = decision.toBuilder().setReason(answer.reason()).build();
        return new PasteRuling(because, given, false, given ? Notice.getDefaultInstance() : notice);
    }

    /** What the event will say was done: what should have been stopped and was not is only audited. */
    Enforcement enforcement() {
        Verdict verdict = decision.getVerdict();
        boolean reasonMissing = decision.getReason() != Reason.JUSTIFICATION_GIVEN;
        boolean stops = verdict == Verdict.BLOCK || (verdict == Verdict.JUSTIFY && reasonMissing);
        return stops && letThrough ? Enforcement.AUDIT_ONLY : Enforcement.ENFORCED;
    }
}
