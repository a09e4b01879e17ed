package org.sekisho.agent.command;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Notice;

/** Commands carried out by the agent's rooms. */
final class TerminalActs implements CommandActs {
    /** A policy switch takes as long as its slowest channel. */
    private static final int SECONDS = 60;

    private final Function<Boolean, Future<List<ChannelState>>> isolation;
    private final SessionLock lock;
    private final Runnable readStatus;
    private final ToIntFunction<Notice> desktops;

    /**
     * The acts.
     *
     * @param isolation puts the terminal into isolation, or out of it; answers what every channel read back
     * @param readStatus has the inventory read anew, and the state sent
     * @param desktops shows a notice; answers on how many desktops
     */
    TerminalActs(
            Function<Boolean, Future<List<ChannelState>>> isolation,
            SessionLock lock,
            Runnable readStatus,
            ToIntFunction<Notice> desktops) {
        this.isolation = requireNonNull(isolation, "isolation is null");
        this.lock = requireNonNull(lock, "lock is null");
        this.readStatus = requireNonNull(readStatus, "readStatus is null");
        this.desktops = requireNonNull(desktops, "desktops is null");
    }

    @Override
    public Outcome lockSessions() {
        return lock.lock();
    }

    @Override
    public Outcome isolate() {
        return switched(true, "nothing may leave the terminal");
    }

    @Override
    public Outcome release() {
        return switched(false, "the policy decides again");
    }

    private Outcome switched(boolean isolated, String done) {
        try {
            List<ChannelState> states = isolation.apply(isolated).get(SECONDS, TimeUnit.SECONDS);
            List<String> failed = states.stream()
                    .filter(state -> state.getMode() == ChannelMode.MODE_FAILED)
                    .map(state -> state.getChannel() + ": " + state.getDetail())
                    .toList();
            // What can't be read back is not claimed; the decider denies all the same.
            return failed.isEmpty() ? Outcome.done(done) : Outcome.failed(String.join(" | ", failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("interrupted");
        } catch (ExecutionException e) {
            return Outcome.failed(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return Outcome.failed("the channels did not answer within " + SECONDS + " s");
        }
    }

    @Override
    public Outcome collectStatus() {
        readStatus.run();
        return Outcome.done("the state is read and sent");
    }

    @Override
    public Outcome show(String text) {
        int shown =
                desktops.applyAsInt(Notice.newBuilder().setJa(text).setEn(text).build());
        return shown == 0
                ? Outcome.failed("nobody is signed in on a guarded desktop")
                : Outcome.done("given to the helpers of " + shown + " desktops");
    }
}
