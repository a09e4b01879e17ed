package org.sekisho.agent.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sekisho.agent.command.CommandActs.Outcome;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandDone;
import org.sekisho.v1.CommandState;
import org.sekisho.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the server's commands: told as delivered at once, carried out one after the other, recorded, and told as done. Each
 * number is carried out at most once, also over restarts, and none that is older than one that was; a command that comes
 * again gets the answer that it got. Thread-safe.
 */
public final class CommandDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
    /** More orders than a person gives to one terminal while the one before is carried out. */
    private static final int MOST_WAITING = 16;
    /** A detail is a sentence; what an operating system says may be longer. */
    private static final int MOST_DETAIL = 500;

    private final CommandLedger ledger;
    private final CommandActs acts;
    private final Consumer<Event.Builder> events;
    private final InstantSource clock;
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "commands");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * A desk.
     *
     * @param events records an event durably, or throws
     */
    CommandDesk(CommandLedger ledger, CommandActs acts, Consumer<Event.Builder> events, InstantSource clock) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.acts = requireNonNull(acts, "acts is null");
        this.events = requireNonNull(events, "events is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * A command has arrived.
     *
     * @param answer told that it was delivered, and then what became of it; on a thread of the desk's
     */
    public void arrived(Command command, Consumer<CommandAck> answer) {
        try {
            worker.execute(() -> {
                answer.accept(ack(command, CommandState.COMMAND_DELIVERED, ""));
                answer.accept(take(command));
            });
        } catch (RejectedExecutionException e) {
            // Not answered: the server sends it again on the next connection, until it ends.
            LOG.warn("command {} is left for later: too many wait", command.getNumber());
        }
    }

    private CommandAck take(Command command) {
        if (!ledger.isNew(command.getNumber())) {
            return ledger.answer(command.getNumber())
                    .orElseGet(() -> ack(
                            command,
                            CommandState.COMMAND_FAILED,
                            "a command with this number, or a later one, was begun before"));
        }
        if (!clock.instant().isBefore(Instant.EPOCH.plus(command.getExpiresMicros(), ChronoUnit.MICROS))) {
            return ack(command, CommandState.COMMAND_EXPIRED, "it had ended by this terminal's clock");
        }
        try {
            ledger.begin(command.getNumber());
        } catch (IOException e) {
            LOG.error("command {} is not carried out: it can't be kept that it was begun", command.getNumber(), e);
            return ack(command, CommandState.COMMAND_FAILED, "the disk can't be written: " + e.getMessage());
        }
        LOG.info("carrying out command {}: {}", command.getNumber(), command.getKind());
        Outcome outcome = carryOut(command);
        CommandAck answer = ack(command, outcome.state(), outcome.detail());
        keep(command, answer);
        return answer;
    }

    private Outcome carryOut(Command command) {
        try {
            return switch (command.getKind()) {
                case LOCK_SESSIONS -> acts.lockSessions();
                case ISOLATE -> acts.isolate();
                case RELEASE -> acts.release();
                case COLLECT_STATUS -> acts.collectStatus();
                case SHOW_MESSAGE -> acts.show(command.getText());
                case COMMAND_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    Outcome.unsupported("this version of the agent doesn't know the command");
            };
        } catch (RuntimeException e) {
            LOG.error("command {} failed", command.getNumber(), e);
            return Outcome.failed(e.toString());
        }
    }

    private void keep(Command command, CommandAck answer) {
        try {
            events.accept(Event.newBuilder()
                    .setCommandDone(CommandDone.newBuilder()
                            .setNumber(command.getNumber())
                            .setKind(command.getKind())
                            .setState(answer.getState())
                            .setDetail(answer.getDetail())));
            ledger.settle(answer);
        } catch (IOException | RuntimeException e) {
            // It was carried out, and the server is told so now; only a lost answer could not be given again.
            LOG.error("what became of command {} could not be kept", command.getNumber(), e);
        }
    }

    private static CommandAck ack(Command command, CommandState state, String detail) {
        return CommandAck.newBuilder()
                .setNumber(command.getNumber())
                .setState(state)
                .setDetail(detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL))
                .build();
    }

    /** What waits is not carried out any more; the server sends it again. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
