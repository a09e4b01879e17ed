package org.sekisho.control.testing;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sekisho.event.ChainHead;
import org.sekisho.event.Checkpoints;
import org.sekisho.event.EventChain;
import org.sekisho.v1.AgentStopped;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Checkpoint;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Hello;
import org.sekisho.v1.Label;
import org.sekisho.v1.Process;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** A terminal's chain, kept whole in memory; a copy of it can go another way. */
public final class TestJournal {
    private final TestTerminal terminal;
    private final ByteString boot;
    private final List<ChainedEvent> events;
    private long acked;

    private TestJournal(TestTerminal terminal, ByteString boot, List<ChainedEvent> events) {
        this.terminal = terminal;
        this.boot = boot;
        this.events = new ArrayList<>(events);
    }

    /** An empty one. */
    public static TestJournal of(TestTerminal terminal) {
        byte[] boot = new byte[EventChain.BOOT_BYTES];
        new Random().nextBytes(boot);
        return new TestJournal(terminal, ByteString.copyFrom(boot), List.of());
    }

    /** As a snapshot of the terminal's disk had it when it held so many events. */
    public TestJournal snapshot(int length) {
        TestJournal copy = new TestJournal(terminal, boot, events.subList(0, length));
        copy.acked = Math.min(acked, length);
        return copy;
    }

    public ChainHead head() {
        return events.isEmpty()
                ? ChainHead.GENESIS
                : new ChainHead(events.size(), events.getLast().getHash());
    }

    public Hello hello() {
        return Hello.newBuilder()
                .setTerminal(terminal.id())
                .setWireVersion(1)
                .setAgentVersion("test")
                .setBoot(boot)
                .setLastSeq(head().seq())
                .setLastHash(head().hash())
                .setAckedSeq(acked)
                .build();
    }

    /** What it believes acknowledged. */
    public void acknowledged(long seq) {
        acked = seq;
    }

    /** Records one more. */
    public ChainedEvent add(UnaryOperator<Event.Builder> body) {
        Event event = body.apply(Event.newBuilder()
                        .setTerminal(terminal.id())
                        .setBoot(boot)
                        .setSeq(head().seq() + 1)
                        .setOccurredAtMicros(System.currentTimeMillis() * 1_000)
                        .setMonotonicNanos(System.nanoTime()))
                .build();
        ChainedEvent chained = EventChain.link(head().hash(), event);
        events.add(chained);
        return chained;
    }

    /** Records so many harmless pastes. */
    public List<ChainedEvent> pastes(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> add(event -> event.setAttempt(paste("taro", Verdict.ALLOW, Severity.LOW))))
                .toList();
    }

    /** Records a blocked paste of this person. */
    public ChainedEvent blocked(String user) {
        return add(event -> event.setAttempt(paste(user, Verdict.BLOCK, Severity.MEDIUM)));
    }

    /** Records a checkpoint that the terminal's own key signs. */
    public ChainedEvent checkpoint() {
        try {
            Checkpoint checkpoint = Checkpoints.sign(
                    terminal.id(),
                    head(),
                    terminal.keys().getPrivate(),
                    terminal.keys().getPublic());
            return add(event -> event.setCheckpoint(checkpoint));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that isn't an attempt. */
    public ChainedEvent stopped() {
        return add(event -> event.setAgentStopped(AgentStopped.newBuilder().setCause("SIGTERM")));
    }

    /** The events from this number on. */
    public List<ChainedEvent> from(long seq) {
        return List.copyOf(events.subList((int) seq - 1, events.size()));
    }

    /** An attempt of the clipboard that carries a masked number's label. */
    public static AttemptEvent paste(String user, Verdict verdict, Severity severity) {
        return AttemptEvent.newBuilder()
                .setAttempt(Attempt.newBuilder()
                        .setChannel(Channel.CLIPBOARD)
                        .setBytes(240)
                        .addLabels(Label.newBuilder()
                                .setLabel("my_number")
                                .setCount(2)
                                .setGrade(Grade.HIGH_CONFIDENCE))
                        .setClipboard(ClipboardSubject.newBuilder()
                                .setSource(Process.newBuilder()
                                        .setPath("/usr/bin/juki")
                                        .setWindowTitle("住民票 ****"))
                                .setDestination(Process.newBuilder().setPath("/usr/bin/mail"))))
                .setCircumstances(Circumstances.newBuilder().setUser(user))
                .setDecision(Decision.newBuilder()
                        .setVerdict(verdict)
                        .setSeverity(severity)
                        .setRule("no-numbers")
                        .setRevision(3))
                .setEnforcement(Enforcement.ENFORCED)
                .build();
    }
}
