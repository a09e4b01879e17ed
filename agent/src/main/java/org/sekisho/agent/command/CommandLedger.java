package org.sekisho.agent.command;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Optional;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandHistory;

/**
 * Which commands this terminal has begun, on disk. A number is kept before its command is carried out: after a crash it
 * isn't carried out a second time. One thread.
 */
final class CommandLedger {
    /** Answers that may have been lost on the way; more than can be under way at once. */
    private static final int REMEMBERED = 64;

    private final SecretStore secrets;
    private final String name;
    private CommandHistory history;

    /**
     * As it was kept.
     *
     * @throws IOException if what was kept can't be read
     */
    CommandLedger(SecretStore secrets, String name) throws IOException {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = requireNonNull(name, "name is null");
        try {
            this.history = secrets.exists(name)
                    ? CommandHistory.parseFrom(secrets.read(name))
                    : CommandHistory.getDefaultInstance();
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("the record of commands is damaged: " + e.getMessage(), e);
        }
    }

    /** Whether a command of this number is new. */
    boolean isNew(long number) {
        return Long.compareUnsigned(number, history.getHighest()) > 0;
    }

    /** What became of it, if that is still remembered. */
    Optional<CommandAck> answer(long number) {
        return history.getAnswersList().stream()
                .filter(answer -> answer.getNumber() == number)
                .findFirst();
    }

    /** The command is about to be carried out. Durable on return. */
    void begin(long number) throws IOException {
        write(history.toBuilder().setHighest(number).build());
    }

    /** What became of it. Durable on return. */
    void settle(CommandAck answer) throws IOException {
        CommandHistory.Builder next = history.toBuilder();
        while (next.getAnswersCount() >= REMEMBERED) {
            next.removeAnswers(0);
        }
        write(next.addAnswers(answer).build());
    }

    private void write(CommandHistory next) throws IOException {
        secrets.write(name, next.toByteArray());
        history = next;
    }
}
