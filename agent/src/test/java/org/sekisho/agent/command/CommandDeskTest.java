package org.sekisho.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.v1.CommandState.COMMAND_DELIVERED;
import static org.sekisho.v1.CommandState.COMMAND_DONE;
import static org.sekisho.v1.CommandState.COMMAND_EXPIRED;
import static org.sekisho.v1.CommandState.COMMAND_FAILED;
import static org.sekisho.v1.CommandState.COMMAND_UNSUPPORTED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.command.CommandActs.Outcome;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandKind;
import org.sekisho.v1.CommandState;
import org.sekisho.v1.Event;

class CommandDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @TempDir
    Path folder;

    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<CommandAck> answers = new LinkedBlockingQueue<>();
    private CommandDesk desk;

    @BeforeEach
    void start() throws IOException {
        desk = restarted();
    }

    @Test
    void aCommandIsDeliveredThenDoneAndRecorded() {
        assertThat(give(1, CommandKind.SHOW_MESSAGE)).containsExactly(COMMAND_DELIVERED, COMMAND_DONE);
        assertThat(carriedOut).containsExactly("show hello");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().getCommandDone().getNumber()).isEqualTo(1);
        assertThat(events.getFirst().getCommandDone().getKind()).isEqualTo(CommandKind.SHOW_MESSAGE);
        assertThat(events.getFirst().getCommandDone().getState()).isEqualTo(COMMAND_DONE);
    }

    @Test
    void oneThatComesAgainIsAnsweredAgainAndNotCarriedOutAgain() throws IOException {
        give(1, CommandKind.ISOLATE);
        assertThat(give(1, CommandKind.ISOLATE)).containsExactly(COMMAND_DELIVERED, COMMAND_DONE);
        desk = restarted();
        assertThat(give(1, CommandKind.ISOLATE)).containsExactly(COMMAND_DELIVERED, COMMAND_DONE);
        assertThat(carriedOut).containsExactly("isolate");
    }

    @Test
    void anOldReleaseThatIsReplayedReleasesNothing() throws IOException {
        give(1, CommandKind.ISOLATE);
        give(2, CommandKind.RELEASE);
        give(3, CommandKind.ISOLATE);
        desk = restarted();
        // The number that was carried out gets its answer; one that was passed over gets a refusal.
        give(2, CommandKind.RELEASE);
        assertThat(carriedOut).containsExactly("isolate", "release", "isolate");
        give(9, CommandKind.COLLECT_STATUS);
        assertThat(give(8, CommandKind.RELEASE)).containsExactly(COMMAND_DELIVERED, COMMAND_FAILED);
        assertThat(carriedOut).containsExactly("isolate", "release", "isolate", "collect");
    }

    @Test
    void whatHasEndedIsNotBegun() {
        assertThat(give(command(1, CommandKind.RELEASE, NOW))).containsExactly(COMMAND_DELIVERED, COMMAND_EXPIRED);
        assertThat(carriedOut).isEmpty();
        // Its number is still free: the terminal's clock may have been wrong.
        assertThat(give(1, CommandKind.ISOLATE)).containsExactly(COMMAND_DELIVERED, COMMAND_DONE);
    }

    @Test
    void whatThisVersionDoesNotKnowIsSaidToBeSo() {
        assertThat(give(1, CommandKind.COMMAND_KIND_UNSPECIFIED))
                .containsExactly(COMMAND_DELIVERED, COMMAND_UNSUPPORTED);
    }

    @Test
    void sessionsAreLockedOnlyWhereLogindIs() {
        Outcome outcome = new SessionLock(folder.resolve("no-such-program").toString()).lock();
        assertThat(outcome.state()).isEqualTo(COMMAND_UNSUPPORTED);
    }

    @Test
    void whatLogindDidNotSeeLockedIsNotCalledLocked() throws IOException {
        Path logind = folder.resolve("loginctl");
        Files.writeString(logind, """
                #!/bin/sh
                case "$1 $2" in
                'list-sessions --no-legend') echo '2 1000 hanako seat0'; echo '5 1001 jiro seat0' ;;
                'show-session 2') echo yes ;;
                'show-session 5') echo no ;;
                esac
                """);
        Files.setPosixFilePermissions(logind, PosixFilePermissions.fromString("rwx------"));
        Outcome outcome = new SessionLock(logind.toString()).lock();
        assertThat(outcome.state()).isEqualTo(COMMAND_DONE);
        assertThat(outcome.detail()).contains("locked: 2;").contains("without an answer yet: 5");

        Files.writeString(logind, "#!/bin/sh\necho denied; exit 1\n");
        assertThat(new SessionLock(logind.toString()).lock().state()).isEqualTo(COMMAND_FAILED);
    }

    private List<CommandState> give(long number, CommandKind kind) {
        return give(command(number, kind, NOW.plusSeconds(1)));
    }

    private List<CommandState> give(Command command) {
        desk.arrived(command, answers::add);
        List<CommandState> states = new ArrayList<>();
        do {
            states.add(next().getState());
        } while (states.getLast() == COMMAND_DELIVERED);
        return states;
    }

    private CommandAck next() {
        try {
            CommandAck answer = answers.poll(10, TimeUnit.SECONDS);
            assertThat(answer).as("an answer").isNotNull();
            return answer == null ? CommandAck.getDefaultInstance() : answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Command command(long number, CommandKind kind, Instant end) {
        return Command.newBuilder()
                .setNumber(number)
                .setKind(kind)
                .setText("hello")
                .setExpiresMicros(ChronoUnit.MICROS.between(Instant.EPOCH, end))
                .build();
    }

    private CommandDesk restarted() throws IOException {
        return new CommandDesk(
                new CommandLedger(SecretStore.forPlatform(folder), "commands-test"),
                new Acts(),
                event -> events.add(event.build()),
                InstantSource.fixed(NOW));
    }

    private final class Acts implements CommandActs {
        @Override
        public Outcome lockSessions() {
            return did("lock");
        }

        @Override
        public Outcome isolate() {
            return did("isolate");
        }

        @Override
        public Outcome release() {
            return did("release");
        }

        @Override
        public Outcome collectStatus() {
            return did("collect");
        }

        @Override
        public Outcome show(String text) {
            return did("show " + text);
        }

        private Outcome did(String what) {
            carriedOut.add(what);
            return Outcome.done(what);
        }
    }
}
