package org.sekisho.agent.channel.clipboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Declined;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.channel.PersonDesk.Unshown;
import org.sekisho.v1.ReasonTold;

/** The questions to one person that are not answered yet; each is completed exactly once. Thread-safe. */
final class OpenQuestions {
    /** A person can't answer more before whoever waits gives up; more are declined. */
    private static final int MOST = 64;

    private final Map<Long, CompletableFuture<Answer>> open = new HashMap<>();
    private long last;
    private boolean over;

    /** Sends a question; false if it will not arrive. */
    @FunctionalInterface
    interface Line {
        boolean send(long question);
    }

    CompletionStage<Answer> ask(Line line) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        long question;
        synchronized (this) {
            if (over) {
                return CompletableFuture.completedFuture(new Unasked());
            }
            if (open.size() == MOST) {
                return CompletableFuture.completedFuture(new Declined());
            }
            question = ++last;
            open.put(question, answer);
        }
        if (!line.send(question)) {
            complete(question, new Unasked());
        }
        return answer;
    }

    /** An answer has come; one that nobody waits for is dropped. */
    void answered(ReasonTold told) {
        complete(told.getQuestion(), told.getUnshown() ? new Unshown() : Answer.of(told.getJustification()));
    }

    private void complete(long question, Answer answer) {
        CompletableFuture<Answer> asked;
        synchronized (this) {
            asked = open.remove(question);
        }
        if (asked != null) {
            asked.complete(answer);
        }
    }

    /** Nobody will answer any more. */
    void end() {
        List<CompletableFuture<Answer>> left;
        synchronized (this) {
            over = true;
            left = List.copyOf(open.values());
            open.clear();
        }
        left.forEach(asked -> asked.complete(new Unasked()));
    }
}
