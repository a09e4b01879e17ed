package org.sekisho.agent.policy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.policy.Verification;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Event;
import org.sekisho.v1.Policy;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyApplied;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.PolicyRefused;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the terminal from one policy to the next without a restart: verified, prepared on every channel, committed on
 * every channel and read back, kept on disk; only then does it count as enforced. Whatever fails on the way, the one before
 * goes on. {@link #running} changes once, whole.
 *
 * <p>Of policies that arrive faster than they can be switched, only the latest is taken. Everything but {@link #running}
 * and {@link #arrived} is the loop's.
 */
public final class PolicySwitch {
    private static final Logger LOG = LoggerFactory.getLogger(PolicySwitch.class);

    private final EventLoop loop;
    private final PolicyStore store;
    private final IsolationFile isolation;
    private final PolicyVerifier verifier;
    private final ChannelSwitch channels;
    private final Consumer<Event.Builder> events;
    private final Runnable switched;
    private final AtomicReference<@Nullable Arrival> waiting = new AtomicReference<>();
    private volatile RunningPolicy running = RunningPolicy.NONE;
    private volatile boolean isolated;
    private ByteString lastRefused = ByteString.EMPTY;

    private record Arrival(Signed signed, Consumer<PolicyAck> answer) {}

    /**
     * A switch that has not started.
     *
     * @param events records an event durably
     * @param switched called on the loop after each switch
     */
    public PolicySwitch(
            EventLoop loop,
            PolicyStore store,
            IsolationFile isolation,
            PolicyVerifier verifier,
            List<ChannelGuard> guards,
            Consumer<Event.Builder> events,
            Runnable switched) {
        this.loop = requireNonNull(loop, "loop is null");
        this.store = requireNonNull(store, "store is null");
        this.isolation = requireNonNull(isolation, "isolation is null");
        this.verifier = requireNonNull(verifier, "verifier is null");
        this.channels = new ChannelSwitch(guards);
        this.events = requireNonNull(events, "events is null");
        this.switched = requireNonNull(switched, "switched is null");
    }

    /** What decides now: the policy, unless the terminal is isolated. Any thread. */
    public RunningPolicy running() {
        return isolated ? RunningPolicy.ISOLATED : running;
    }

    /** Revision of the policy that decides, or would if the terminal were not isolated. 0: none. Any thread. */
    public long revision() {
        return running.revision();
    }

    /** Whether nothing may leave the terminal, whatever the policy. Any thread. */
    public boolean isIsolated() {
        return isolated;
    }

    /**
     * Puts the terminal into isolation, or out of it: kept on disk, and carried out by every channel. Policies that arrive
     * meanwhile are taken, and decide once the terminal is released.
     *
     * @return what every channel read back; fails if it could not be kept, or a channel did not follow. Decisions are closed
     *     at once all the same
     */
    public CompletableFuture<List<ChannelState>> isolate(boolean wanted) {
        CompletableFuture<List<ChannelState>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(wanted ? close() : open());
            } catch (IOException | ChannelException | RuntimeException e) {
                LOG.error("the terminal could not be {} as a whole", wanted ? "isolated" : "released", e);
                answer.completeExceptionally(e);
            }
            switched.run();
        });
        return answer;
    }

    private List<ChannelState> close() throws IOException, ChannelException {
        isolated = true;
        isolation.write(true);
        LOG.warn("the terminal is isolated: nothing may leave it");
        // A channel that does not follow leaves the others closed.
        return channels.prepare(closed(), closed()).commit(() -> {});
    }

    private List<ChannelState> open() throws IOException, ChannelException {
        isolation.write(false);
        try {
            ChannelSwitch.Ready ready = channels.prepare(running.policy(), closed());
            // Guards that decide while they commit decide by the policy.
            isolated = false;
            List<ChannelState> states = ready.commit(() -> isolated = true);
            LOG.warn("the terminal is released: policy revision {} decides", Long.toUnsignedString(running.revision()));
            return states;
        } catch (ChannelException e) {
            isolated = true;
            isolation.write(true);
            throw e;
        }
    }

    /** Denies every channel. */
    private static Policy closed() {
        return RunningPolicy.ISOLATED.policy();
    }

    private Policy carriedOut(RunningPolicy policy) {
        return isolated ? closed() : policy.policy();
    }

    /** How all channels stand now. Any thread. */
    public List<ChannelState> channelStates() {
        return channels.states();
    }

    /**
     * Puts the last good policy in force, or denies everything if there is none. Called once, before anything else, by the
     * thread that starts the agent.
     *
     * @throws IOException if the disk can't be read
     */
    public void start() throws IOException {
        PolicyStore.Found found = store.load(verifier, loop.now());
        found.tampered().forEach(tampered -> {
            LOG.error("tampered: {}: {}", tampered.getWhat(), tampered.getDetail());
            events.accept(Event.newBuilder().setTampered(tampered));
        });
        running = found.running();
        isolated = isolation.read();
        try {
            channels.prepare(carriedOut(running), RunningPolicy.NONE.policy()).commit(() -> {});
        } catch (ChannelException e) {
            // Its state says so to everybody; the decider denies by the last good policy all the same.
            LOG.error("the last good policy is not carried out by every channel", e);
        }
        LOG.info("running policy revision {}", Long.toUnsignedString(running.revision()));
    }

    /**
     * A policy has arrived.
     *
     * @param answer told of each state that is reached, on the loop
     */
    public void arrived(Signed signed, Consumer<PolicyAck> answer) {
        if (waiting.getAndSet(new Arrival(signed, answer)) == null) {
            loop.execute(() -> {
                Arrival latest = waiting.getAndSet(null);
                if (latest != null) {
                    take(latest);
                }
            });
        }
    }

    private void take(Arrival arrival) {
        Verification verification = verifier.verify(arrival.signed(), store.floor(), loop.now());
        switch (verification) {
            case Verification.Refused refused -> {
                arrival.answer()
                        .accept(ack(refused.claimedRevision(), PolicyProgress.RECEIVED, refused.payloadSha256())
                                .build());
                refuse(arrival, refused);
            }
            case Verification.Accepted accepted -> {
                tell(arrival, accepted, PolicyProgress.RECEIVED);
                tell(arrival, accepted, PolicyProgress.POLICY_VERIFIED);
                if (accepted.payloadSha256().equals(running.payloadSha256())) {
                    enforced(arrival, accepted, channels.states());
                } else {
                    change(arrival, accepted);
                }
            }
        }
    }

    private void change(Arrival arrival, Verification.Accepted accepted) {
        RunningPolicy before = running;
        RunningPolicy next = RunningPolicy.of(accepted.policy(), accepted.revision(), accepted.payloadSha256());
        List<ChannelState> states;
        try {
            ChannelSwitch.Ready ready = channels.prepare(carriedOut(next), carriedOut(before));
            stage(arrival.signed(), ready);
            // Guards that decide while they commit decide by it.
            running = next;
            states = ready.commit(() -> running = before);
        } catch (ChannelException e) {
            discard();
            refuse(
                    arrival,
                    new Verification.Refused(
                            Refusal.CHANNEL_FAILED,
                            String.valueOf(e.getMessage()),
                            accepted.revision(),
                            accepted.payloadSha256()));
            return;
        }
        keep(next);
        lastRefused = ByteString.EMPTY;
        events.accept(Event.newBuilder()
                .setPolicyApplied(PolicyApplied.newBuilder()
                        .setRevision(next.revision())
                        .setPreviousRevision(before.revision())
                        .setPayloadSha256(next.payloadSha256())));
        LOG.info(
                "policy revision {} is enforced, before it was {}",
                Long.toUnsignedString(next.revision()),
                Long.toUnsignedString(before.revision()));
        enforced(arrival, accepted, states);
        switched.run();
    }

    private void stage(Signed signed, ChannelSwitch.Ready ready) throws ChannelException {
        try {
            store.stage(signed);
        } catch (IOException e) {
            ready.abandon();
            throw new ChannelException("the policy can't be kept on disk: " + e.getMessage(), e);
        }
    }

    private void keep(RunningPolicy next) {
        try {
            store.commit(next);
        } catch (IOException e) {
            // It is in force, and reported as such; after a restart the one before runs until the server has sent it
            // again.
            LOG.error("policy revision {} is in force but could not be kept", next.revision(), e);
        }
    }

    private void discard() {
        try {
            store.discard();
        } catch (IOException e) {
            LOG.warn("a policy that was not taken is left on disk, sealed", e);
        }
    }

    private void refuse(Arrival arrival, Verification.Refused refused) {
        LOG.warn("policy refused: {}: {}", refused.refusal(), refused.detail());
        // The server may send the same document on each connection; one event says it.
        if (!refused.payloadSha256().equals(lastRefused)) {
            lastRefused = refused.payloadSha256();
            events.accept(Event.newBuilder()
                    .setPolicyRefused(PolicyRefused.newBuilder()
                            .setClaimedRevision(refused.claimedRevision())
                            .setRefusal(refused.refusal())
                            .setDetail(refused.detail())
                            .setPayloadSha256(refused.payloadSha256())));
        }
        arrival.answer()
                .accept(ack(refused.claimedRevision(), PolicyProgress.POLICY_REFUSED, refused.payloadSha256())
                        .setRefusal(refused.refusal())
                        .setDetail(refused.detail())
                        .build());
    }

    private static void tell(Arrival arrival, Verification.Accepted accepted, PolicyProgress progress) {
        arrival.answer()
                .accept(ack(accepted.revision(), progress, accepted.payloadSha256())
                        .build());
    }

    private static void enforced(Arrival arrival, Verification.Accepted accepted, List<ChannelState> states) {
        arrival.answer()
                .accept(ack(accepted.revision(), PolicyProgress.POLICY_ENFORCED, accepted.payloadSha256())
                        .addAllChannels(states)
                        .build());
    }

    private static PolicyAck.Builder ack(long revision, PolicyProgress progress, ByteString payloadSha256) {
        return PolicyAck.newBuilder()
                .setRevision(revision)
                .setProgress(progress)
                .setPayloadSha256(payloadSha256);
    }
}
