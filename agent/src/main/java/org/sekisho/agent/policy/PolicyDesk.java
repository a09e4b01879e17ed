package org.sekisho.agent.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Verdict;

/** Decides attempts by the running policy and has them recorded. Thread-safe. */
public final class PolicyDesk implements AttemptDesk {
    private final Supplier<RunningPolicy> running;
    private final PermitDesk permits;
    private final Consumer<Event.Builder> events;
    private final BooleanSupplier online;
    private final Supplier<String> orgUnit;
    private final InstantSource clock;
    private final String terminal;
    private final String host;

    /**
     * A desk.
     *
     * @param running what decides now
     * @param permits what may be done in spite of it
     * @param events records an event durably, or throws
     * @param online whether the control server is reached
     * @param orgUnit path of the division that the terminal belongs to; empty: none
     * @param terminal its id
     * @param host its name; may be empty
     */
    public PolicyDesk(
            Supplier<RunningPolicy> running,
            PermitDesk permits,
            Consumer<Event.Builder> events,
            BooleanSupplier online,
            Supplier<String> orgUnit,
            InstantSource clock,
            String terminal,
            String host) {
        this.running = requireNonNull(running, "running is null");
        this.permits = requireNonNull(permits, "permits is null");
        this.events = requireNonNull(events, "events is null");
        this.online = requireNonNull(online, "online is null");
        this.orgUnit = requireNonNull(orgUnit, "orgUnit is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.host = requireNonNull(host, "host is null");
    }

    @Override
    public Ruling rule(DesktopSession session, Attempt attempt) {
        RunningPolicy policy = running.get();
        Decision decision = policy.decider().decide(permits.inForce(), circumstances(session), attempt);
        boolean mild = decision.getVerdict() == Verdict.ALLOW || decision.getVerdict() == Verdict.AUDIT;
        boolean justify = !policy.auditOnly() && decision.getVerdict() == Verdict.JUSTIFY;
        return new Ruling(decision, mild || policy.auditOnly(), justify, notice(policy, attempt, decision));
    }

    @Override
    public void record(
            DesktopSession session, Attempt attempt, Decision decision, Enforcement enforcement, String justification)
            throws ChannelException {
        if (!decision.getPermit().isEmpty() && enforcement == Enforcement.ENFORCED) {
            permits.use(decision.getPermit(), session.user(), attempt);
        }
        Event.Builder event = Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder()
                        .setAttempt(AttemptMask.of(attempt))
                        .setCircumstances(circumstances(session))
                        .setDecision(decision)
                        .setEnforcement(enforcement)
                        .setJustification(AttemptMask.justification(justification)));
        try {
            events.accept(event);
        } catch (RuntimeException e) {
            throw new ChannelException("the attempt could not be recorded: " + e.getMessage(), e);
        }
    }

    private Circumstances circumstances(DesktopSession session) {
        Instant now = clock.instant();
        return Circumstances.newBuilder()
                .setTerminal(terminal)
                .setHost(host)
                .setUser(session.user())
                .addAllGroups(session.groups())
                .setOrgUnit(orgUnit.get())
                // A second factor is never claimed: this agent has no way to prove one yet.
                .setLogin(session.user().isEmpty() ? LoginState.NONE : LoginState.PASSWORD)
                .setNetwork(online.getAsBoolean() ? NetworkState.ON_NETWORK : NetworkState.OFF_NETWORK)
                .setAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .build();
    }

    private static Notice notice(RunningPolicy policy, Attempt attempt, Decision decision) {
        if (policy.auditOnly()) {
            return Notice.getDefaultInstance();
        }
        return Notice.newBuilder()
                .setJa(policy.decider().notice(attempt.getChannel(), decision, Locale.JAPANESE))
                .setEn(policy.decider().notice(attempt.getChannel(), decision, Locale.ENGLISH))
                .build();
    }
}
