package org.sekisho.packaging.rig;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.event.ChainHead;
import org.sekisho.event.EventChain;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardFormat;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Selection;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** Writes one simulated terminal's chain of ordinary pastes. Not thread-safe. */
public final class PasteEvents {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String terminal;
    private final ByteString boot;
    private ChainHead head = ChainHead.GENESIS;

    public PasteEvents(String terminal) {
        this.terminal = terminal;
        byte[] bytes = new byte[EventChain.BOOT_BYTES];
        RANDOM.nextBytes(bytes);
        this.boot = ByteString.copyFrom(bytes);
    }

    /** The last event written. */
    public ChainHead head() {
        return head;
    }

    /** This run of the simulated agent. */
    public ByteString boot() {
        return boot;
    }

    /** The next {@code count} events of the chain. */
    public List<ChainedEvent> next(int count) {
        List<ChainedEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    private ChainedEvent next() {
        long seq = head.seq() + 1;
        long micros = System.currentTimeMillis() * 1_000;
        ChainedEvent event = EventChain.link(
                head.hash(),
                Event.newBuilder()
                        .setTerminal(terminal)
                        .setBoot(boot)
                        .setSeq(seq)
                        .setOccurredAtMicros(micros)
                        .setMonotonicNanos(seq * 1_000_000)
                        .setAttempt(paste(micros))
                        .build());
        head = new ChainHead(seq, event.getHash());
        return event;
    }

    private AttemptEvent paste(long micros) {
        return AttemptEvent.newBuilder()
                .setAttempt(Attempt.newBuilder()
                        .setChannel(Channel.CLIPBOARD)
                        .setBytes(128)
                        .setClipboard(ClipboardSubject.newBuilder()
                                .setSelection(Selection.CLIPBOARD_SELECTION)
                                .setSource(Process.newBuilder()
                                        .setPid(4711)
                                        .setPath("/usr/bin/soffice.bin")
                                        .setUser("tanaka"))
                                .setDestination(Process.newBuilder()
                                        .setPid(815)
                                        .setPath("/usr/bin/gedit")
                                        .setUser("tanaka"))
                                .addFormats(ClipboardFormat.TEXT)
                                .setTarget("UTF8_STRING")))
                .setCircumstances(Circumstances.newBuilder()
                        .setTerminal(terminal)
                        .setHost("zeimu-042")
                        .setUser("tanaka")
                        .setLogin(LoginState.PASSWORD)
                        .setNetwork(NetworkState.ON_NETWORK)
                        .setAtMicros(micros))
                .setDecision(Decision.newBuilder()
                        .setVerdict(Verdict.AUDIT)
                        .setRule("clipboard-audit")
                        .setRevision(1)
                        .setSeverity(Severity.LOW)
                        .setReason(Reason.RULE_MATCHED))
                .setEnforcement(Enforcement.ENFORCED)
                .build();
    }
}
