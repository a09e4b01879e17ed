package org.sekisho.agent.channel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.v1.Notice;

/** People who are there or not, and what they are told and asked. */
public final class TestPeople implements PersonDesk {
    private final List<Notice> told = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile Runnable presence = () -> {};
    private volatile Runnable onQuestion = () -> {};

    /** One question; answer it by completing it. */
    public record Asked(DesktopSession session, Notice notice, CompletableFuture<Answer> answer) {
        public void answer(String text) {
            answer.complete(Answer.of(text));
        }

        /** There is no window. */
        public void hide() {
            answer.complete(new PersonDesk.Unshown());
        }

        /** The helper is lost. */
        public void lose() {
            answer.complete(new Unasked());
        }
    }

    public void leave() {
        away = true;
        presence.run();
    }

    public void arrive() {
        away = false;
        presence.run();
    }

    /** Has something looked at in the moment in which a question is asked. */
    public void onQuestion(Runnable look) {
        onQuestion = look;
    }

    public List<Notice> told() {
        return told;
    }

    public List<Asked> asked() {
        return asked;
    }

    @Override
    public boolean reaches(DesktopSession session) {
        return !away;
    }

    @Override
    public void tell(DesktopSession session, Notice notice) {
        told.add(notice);
    }

    @Override
    public CompletionStage<Answer> askForReason(DesktopSession session, Notice notice) {
        onQuestion.run();
        Asked question = new Asked(session, notice, new CompletableFuture<>());
        asked.add(question);
        return question.answer();
    }

    @Override
    public void onPresence(Runnable changed) {
        presence = changed;
    }
}
