package org.sekisho.agent.channel.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.TestPeople;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Registration;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;

/** A guard on a fake bus, with the real decider, and all that it says. */
final class MediaBench implements AttemptDesk, VolumeListener {
    /** One record. */
    record Recorded(Attempt attempt, Decision decision, Enforcement enforcement, String justification) {
        MediaSubject media() {
            return attempt.getMedia();
        }

        MediaClass type() {
            return media().getMediaClass();
        }

        Verdict verdict() {
            return decision.getVerdict();
        }
    }

    final ManualLoop loop = new ManualLoop();
    final FakeDeviceBus bus = new FakeDeviceBus();
    final List<Recorded> records = new ArrayList<>();
    final List<Tampered> tampered = new ArrayList<>();
    final List<String> departed = new ArrayList<>();
    /** {@code +sdb1 ro}, {@code -sdb1}, in order; what the bus had of the volume is behind it. */
    final List<String> volumes = new ArrayList<>();

    final TestPeople people = new TestPeople();
    final MediaGuard guard;
    DesktopSession person = new DesktopSession(":0", "hanako", List.of("zeimu"));
    Registration registration = Registration.NOT_REGISTERED;
    boolean broken;
    /** Told of each record. */
    Consumer<Recorded> journal = record -> {};

    private Policy policy = Policy.getDefaultInstance();
    private PolicyDecider decider = PolicyDecider.failClosed();

    MediaBench() {
        this(false);
    }

    MediaBench(boolean observeOnly) {
        guard = new MediaGuard(
                loop,
                new MediaParts(
                        bus,
                        this,
                        device -> registration,
                        this,
                        people,
                        () -> person,
                        tampered::add,
                        departed::add,
                        observeOnly));
    }

    /** Puts a policy in force; its media rules and default are given. */
    ChannelState policy(String fallback, String... rules) throws PolicySyntaxException {
        return policy(yaml(fallback, rules));
    }

    ChannelState policy(Policy next) {
        policy = next;
        decider = PolicyDecider.of(next);
        ChannelState state = guard.prepare(next).commit();
        loop.run();
        return state;
    }

    ChannelState noPolicy() {
        ChannelState state = guard.prepare(Policy.getDefaultInstance()).commit();
        loop.run();
        return state;
    }

    static Policy yaml(String fallback, String... rules) throws PolicySyntaxException {
        StringBuilder text = new StringBuilder();
        text.append("name: test\nsegment: my-number\ndefaults:\n  - channel: media\n    verdict: ");
        text.append(fallback).append('\n');
        if (rules.length > 0) {
            text.append("rules:").append('\n');
        }
        for (int i = 0; i < rules.length; i++) {
            text.append("  - id: rule-")
                    .append(i + 1)
                    .append("\n    channel: media")
                    .append('\n');
            rules[i].lines().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        return PolicyDocument.parse(text.toString()).policy().toBuilder()
                .setRevision(3)
                .build();
    }

    void plug(String instance, String serial, byte[] descriptors, String... disks) {
        bus.plug(instance, serial, descriptors, disks);
        loop.run();
    }

    void patrol() {
        loop.advance(Duration.ofSeconds(2));
    }

    void later() {
        loop.advance(Duration.ofSeconds(20));
    }

    @Override
    public Ruling rule(DesktopSession session, Attempt attempt) {
        Circumstances circumstances = Circumstances.newBuilder()
                .setTerminal("t")
                .setUser(session.user())
                .addAllGroups(session.groups())
                .setLogin(session.user().isEmpty() ? LoginState.NONE : LoginState.PASSWORD)
                .build();
        Decision decision = decider.decide(Permits.NONE, circumstances, attempt);
        boolean mild = decision.getVerdict() == Verdict.ALLOW || decision.getVerdict() == Verdict.AUDIT;
        boolean justify = !policy.getAuditOnly() && decision.getVerdict() == Verdict.JUSTIFY;
        Notice notice = mild
                ? Notice.getDefaultInstance()
                : Notice.newBuilder().setJa("止めました").setEn("stopped").build();
        return new Ruling(decision, mild || policy.getAuditOnly(), justify, notice);
    }

    @Override
    public void record(
            DesktopSession session, Attempt attempt, Decision decision, Enforcement enforcement, String justification)
            throws ChannelException {
        if (broken) {
            throw new ChannelException("the disk is full");
        }
        Recorded record = new Recorded(attempt, decision, enforcement, justification);
        records.add(record);
        journal.accept(record);
    }

    @Override
    public void appeared(MediaVolume volume) {
        volumes.add("+" + volume.name() + (volume.readOnly() ? " ro" : " rw"));
    }

    @Override
    public void withdrawn(MediaVolume volume) {
        volumes.add("-" + volume.name()
                + (bus.volume(volume.name()).isPresent() ? " while it is there" : " after it has gone"));
    }
}
