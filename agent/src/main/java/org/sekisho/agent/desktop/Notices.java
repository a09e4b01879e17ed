package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.text.NoticeTexts;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the user things, one window at a time. Of notices that come while one is shown only the last is shown after it;
 * questions are asked one after the other. Thread-safe; never blocks.
 */
final class Notices {
    /** Time to read why, and to type a sentence. */
    static final Duration REASON_WAIT = Duration.ofMinutes(2);
    /** A notice that nobody closes must not lie on the screen over the midday break. */
    private static final Duration NOTICE_STAYS = Duration.ofSeconds(30);
    /** A person can't answer more before their program gives up. */
    private static final int MOST_QUESTIONS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final NoticeProcesses processes;
    private final Queue<Question> questions = new ArrayDeque<>();
    private @Nullable NoticeText next;
    private @Nullable NoticeText shown;

    private record Question(NoticeText text, CompletableFuture<String> answer) {}

    Notices(NoticeProcesses processes) {
        this.processes = requireNonNull(processes, "processes is null");
    }

    /** Shows a notice of a policy, or a built-in text where it has none. */
    void show(Notice notice, Locale language) {
        NoticeText text = text(notice, language, "notice.blocked", false, NOTICE_STAYS);
        synchronized (this) {
            if (text.equals(shown)) {
                return;
            }
            next = text;
        }
        advance();
    }

    /** Asks for a reason; completes with an empty one if the user declines, exceptionally if they could not be asked. */
    CompletionStage<String> askForReason(Notice notice, Locale language) {
        NoticeText text = text(notice, language, "notice.justify", true, REASON_WAIT);
        CompletableFuture<String> answer = new CompletableFuture<>();
        synchronized (this) {
            if (questions.size() == MOST_QUESTIONS) {
                return CompletableFuture.completedFuture("");
            }
            questions.add(new Question(text, answer));
        }
        advance();
        return answer;
    }

    private static NoticeText text(Notice notice, Locale language, String builtIn, boolean asks, Duration stays) {
        String own = NoticeTexts.in(notice, language);
        String text = own.isEmpty() ? Texts.beside(Notices.class, language).of(builtIn) : own;
        return new NoticeText(language, text, asks, (int) stays.toSeconds());
    }

    private void advance() {
        NoticeText text;
        CompletableFuture<String> answer;
        synchronized (this) {
            if (shown != null) {
                return;
            }
            Question question = questions.poll();
            text = question == null ? next : question.text();
            answer = question == null ? new CompletableFuture<>() : question.answer();
            if (text == null) {
                return;
            }
            if (question == null) {
                next = null;
            }
            shown = text;
        }
        start(text).whenComplete((reason, failure) -> {
            synchronized (this) {
                shown = null;
            }
            if (failure == null) {
                answer.complete(reason);
            } else {
                LOG.warn("The user could not be told or asked something: {}", failure.getMessage());
                answer.completeExceptionally(failure);
            }
            advance();
        });
    }

    private CompletionStage<String> start(NoticeText text) {
        try {
            return processes.show(text);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
