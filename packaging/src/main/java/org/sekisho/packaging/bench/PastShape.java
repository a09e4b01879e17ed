package org.sekisho.packaging.bench;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sekisho.control.event.shape.EventShape;
import org.sekisho.v1.AgentStarted;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Process;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/**
 * What many generated events have in common: mostly pastes out of the systems that a municipality works with, some sticks, some
 * starts; a few of each are rare on purpose. Immutable.
 */
record PastShape(Event template, EventShape shape, long hash) {
    /** In the title of one window only, which one event in 500,000 shows. */
    static final String RARE_WORD = "塙坂";
    /** Of one stick, as rare. */
    static final String RARE_SERIAL = "4C530001230515117234";
    /** Of a rule that hardly ever matches. */
    static final String RARE_RULE = "night-paste";

    private static final List<String> SYSTEMS =
            List.of("住民記録", "住民票発行", "課税台帳", "国保資格", "年金記録", "介護認定", "児童手当", "学齢簿", "選挙人名簿", "水道料金", "文書管理", "財務会計");
    private static final List<String> SCREENS =
            List.of("検索", "照会", "異動入力", "一覧", "証明書発行", "履歴", "帳票", "宛名", "世帯", "納付", "更正", "メモ");
    private static final List<String> PROGRAMS = List.of(
            "C:\\Program Files\\Juki\\juki.exe",
            "C:\\Program Files\\Zeimu\\zeimu.exe",
            "C:\\Program Files\\Fukushi\\fukushi.exe",
            "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE",
            "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Windows\\System32\\notepad.exe",
            "C:\\Program Files\\Sakura\\sakura.exe");
    /** Titles of one screen, such as of different households; masked as terminals do. */
    private static final int TITLES = 12;

    /** Every one that there is, the frequent ones first. */
    static List<PastShape> all() {
        List<PastShape> all = new ArrayList<>();
        Random random = new Random(7);
        for (int title = 0; title < TITLES; title++) {
            for (String system : SYSTEMS) {
                for (String screen : SCREENS) {
                    for (String destination : PROGRAMS) {
                        String source = PROGRAMS.get(random.nextInt(3));
                        all.add(of(
                                paste(source, destination, system + " - " + screen + " (" + title + ") ****", random)));
                    }
                }
            }
        }
        for (int stick = 0; stick < 500; stick++) {
            all.add(of(stick("4C5300" + random.nextInt(1 << 30))));
        }
        all.add(of(Event.newBuilder()
                .setAgentStarted(
                        AgentStarted.newBuilder().setAgentVersion("0.1.0").setRevision(4))
                .build()));
        return all;
    }

    /** Frequent ones come often: the square makes a tenth of them a third of all events. */
    static PastShape draw(List<PastShape> all, Random random) {
        int rare = random.nextInt(500_000);
        if (rare < 3) {
            return RARE.get(rare);
        }
        double place = random.nextDouble();
        return all.get((int) (place * place * all.size()));
    }

    /** One that is like them. */
    Event event(String terminal, String user, long seq, long micros, byte[] boot) {
        Event.Builder event = template.toBuilder()
                .setTerminal(terminal)
                .setBoot(ByteString.copyFrom(boot))
                .setSeq(seq)
                .setOccurredAtMicros(micros)
                .setMonotonicNanos(seq * 1_000_000);
        if (template.hasAttempt()) {
            event.getAttemptBuilder()
                    .setCircumstances(Circumstances.newBuilder()
                            .setTerminal(terminal)
                            .setUser(user)
                            .setAtMicros(micros));
        }
        return event.build();
    }

    private static final List<PastShape> RARE = List.of(
            of(paste(PROGRAMS.getFirst(), PROGRAMS.get(3), "住民記録 - 宛名 " + RARE_WORD + " ****", new Random(1))),
            of(stick(RARE_SERIAL)),
            of(withRule(paste(PROGRAMS.getFirst(), PROGRAMS.get(6), "住民記録 - 世帯 ****", new Random(2)), RARE_RULE)));

    private static PastShape of(Event template) {
        EventShape shape = EventShape.of(template);
        return new PastShape(template, shape, shape.hash());
    }

    private static Event paste(String source, String destination, String title, Random random) {
        Attempt.Builder attempt = Attempt.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setBytes(64 + random.nextInt(4_000))
                .setClipboard(ClipboardSubject.newBuilder()
                        .setSource(Process.newBuilder().setPath(source).setWindowTitle(title))
                        .setDestination(Process.newBuilder().setPath(destination)));
        int kind = random.nextInt(100);
        if (kind < 8) {
            attempt.addLabels(Label.newBuilder()
                    .setLabel("my_number")
                    .setCount(1)
                    .setGrade(kind < 5 ? Grade.HIGH_CONFIDENCE : Grade.LOW_CONFIDENCE));
        }
        Decision.Builder decision = kind < 5
                ? decision(Verdict.BLOCK, "no-numbers", Severity.HIGH)
                : decision(kind < 60 ? Verdict.AUDIT : Verdict.ALLOW, kind < 60 ? "clipboard-audit" : "", Severity.LOW);
        return event(attempt, decision);
    }

    private static Event stick(String serial) {
        return event(
                Attempt.newBuilder()
                        .setChannel(Channel.MEDIA)
                        .setMedia(MediaSubject.newBuilder()
                                .setVendorId("0781")
                                .setProductId("5567")
                                .setSerial(serial)
                                .setName("SanDisk Cruzer Blade")),
                decision(Verdict.BLOCK, "media-default", Severity.MEDIUM));
    }

    private static Event withRule(Event event, String rule) {
        Event.Builder changed = event.toBuilder();
        changed.getAttemptBuilder().getDecisionBuilder().setRule(rule);
        return changed.build();
    }

    private static Decision.Builder decision(Verdict verdict, String rule, Severity severity) {
        return Decision.newBuilder()
                .setVerdict(verdict)
                .setRule(rule)
                .setSeverity(severity)
                .setRevision(4);
    }

    private static Event event(Attempt.Builder attempt, Decision.Builder decision) {
        return Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder()
                        .setAttempt(attempt)
                        .setDecision(decision)
                        .setEnforcement(Enforcement.ENFORCED))
                .build();
    }
}
