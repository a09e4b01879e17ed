package org.sekisho.agent.channel;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;

/**
 * Where channels speak with the person at a desktop. Whatever they are told or asked about has been stopped already.
 * Thread-safe; never waits.
 */
public interface PersonDesk {
    /** The most that is kept of a reason, in characters. */
    int REASON_CHARACTERS = 1_000;

    /** Whether somebody at {@code session} can be told and asked now. */
    boolean reaches(DesktopSession session);

    /**
     * Tells the person something. What comes too fast to be read, or reaches nobody, is dropped: the event has it.
     */
    void tell(DesktopSession session, Notice notice);

    /** Asks the person for a reason; completes, once, when the person has answered or can't any more. On any thread. */
    CompletionStage<Answer> askForReason(DesktopSession session, Notice notice);

    /** Has {@code changed} called whenever somebody can be reached, or not any more; at most one listener. */
    void onPresence(Runnable changed);

    /** What a person answered. */
    sealed interface Answer {
        /** How the event says it. */
        Reason reason();

        /** The reason; empty if none was given. */
        default String text() {
            return "";
        }

        /** From what came back: a text without letters is no reason. */
        static Answer of(String text) {
            String kept = text.strip();
            return kept.isEmpty()
                    ? new Declined()
                    : new Given(kept.substring(0, Math.min(REASON_CHARACTERS, kept.length())));
        }
    }

    /** A reason. */
    record Given(String text) implements Answer {
        public Given {
            requireNonNull(text, "text is null");
        }

        @Override
        public Reason reason() {
            return Reason.JUSTIFICATION_GIVEN;
        }
    }

    /** The person gave none, or not in time. */
    record Declined() implements Answer {
        @Override
        public Reason reason() {
            return Reason.JUSTIFICATION_REFUSED;
        }
    }

    /** There was nobody to ask, or the question was lost before it was answered. */
    record Unasked() implements Answer {
        @Override
        public Reason reason() {
            return Reason.JUSTIFICATION_UNASKED;
        }
    }

    /** The question could not be shown to who was there. Asked again it would not be either. */
    record Unshown() implements Answer {
        @Override
        public Reason reason() {
            return Reason.JUSTIFICATION_UNASKED;
        }
    }

    /** It could not be told whom to ask. */
    record Unclear() implements Answer {
        @Override
        public Reason reason() {
            return Reason.PERSON_UNCLEAR;
        }
    }

    /** There is nobody to speak with. */
    static PersonDesk nobody() {
        return new PersonDesk() {
            @Override
            public boolean reaches(DesktopSession session) {
                return false;
            }

            @Override
            public void tell(DesktopSession session, Notice notice) {}

            @Override
            public CompletionStage<Answer> askForReason(DesktopSession session, Notice notice) {
                return CompletableFuture.completedFuture(new Unasked());
            }

            @Override
            public void onPresence(Runnable changed) {}
        };
    }
}
