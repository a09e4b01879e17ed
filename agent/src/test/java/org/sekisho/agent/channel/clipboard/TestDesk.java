package org.sekisho.agent.channel.clipboard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/** A desk that rules as the test says and keeps what is recorded. */
public final class TestDesk implements AttemptDesk {
    /** One record. */
    public record Recorded(Attempt attempt, Decision decision, Enforcement enforcement, String justification) {}

    private final List<Recorded> records = new CopyOnWriteArrayList<>();
    private volatile Function<Attempt, Ruling> rules = attempt -> TestDesk.verdict(Verdict.ALLOW);
    private volatile boolean broken;

    public TestDesk ruling(Function<Attempt, Ruling> next) {
        rules = next;
        return this;
    }

    public TestDesk always(Verdict verdict) {
        return ruling(attempt -> verdict(verdict));
    }

    /** From now on nothing can be recorded. */
    public void breakDown() {
        broken = true;
    }

    public static Ruling verdict(Verdict verdict) {
        Decision decision = Decision.newBuilder()
                .setVerdict(verdict)
                .setRule("rule-" + verdict.name().toLowerCase(java.util.Locale.ROOT))
                .setRevision(7)
                .setReason(Reason.RULE_MATCHED)
                .build();
        Notice notice = Notice.newBuilder().setJa("止めました").setEn("stopped").build();
        boolean let = verdict == Verdict.ALLOW || verdict == Verdict.AUDIT;
        return new Ruling(decision, let, verdict == Verdict.JUSTIFY, let ? Notice.getDefaultInstance() : notice);
    }

    public static Ruling auditing(Verdict verdict) {
        return new Ruling(verdict(verdict).decision(), true, false, Notice.getDefaultInstance());
    }

    @Override
    public Ruling rule(DesktopSession session, Attempt attempt) {
        return rules.apply(attempt);
    }

    @Override
    public void record(
            DesktopSession session, Attempt attempt, Decision decision, Enforcement enforcement, String justification)
            throws ChannelException {
        if (broken) {
            throw new ChannelException("the journal is broken");
        }
        records.add(new Recorded(attempt, decision, enforcement, justification));
    }

    public List<Recorded> records() {
        return records;
    }

    /** Only those about pastes. */
    public List<Recorded> pastes() {
        return records.stream()
                .filter(one -> !one.attempt().getClipboard().getCopy())
                .toList();
    }

    /** Only those about copies. */
    public List<Recorded> copies() {
        return records.stream()
                .filter(one -> one.attempt().getClipboard().getCopy())
                .toList();
    }
}
