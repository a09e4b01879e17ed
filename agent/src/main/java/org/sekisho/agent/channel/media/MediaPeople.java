package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.v1.Enforcement;

/**
 * Tells people what became of their devices, and asks them for reasons. A device that is plugged in anew while the question
 * about it is still open, as one that starts badly is, shares that question. Under the guard's lock.
 */
final class MediaPeople {
    private final PersonDesk people;
    private final Runnable reconsider;
    /** Bounded by what a person desk keeps open. */
    private final Map<Open, CompletionStage<Answer>> open = new HashMap<>();

    private record Open(String instance, String identity, Question question) {}

    /** @param reconsider has all devices looked at again, soon */
    MediaPeople(PersonDesk people, Runnable reconsider) {
        this.people = people;
        this.reconsider = reconsider;
    }

    boolean reaches(DesktopSession person) {
        return !person.user().isEmpty() && people.reaches(person);
    }

    /** Tells of what was recorded since the last time, all of a device in one notice. */
    void tell(Standing standing, DesktopSession person) {
        List<ClassRuling> news = standing.untold.stream()
                .filter(ruling -> ruling.access() != Access.ASK)
                .filter(ruling -> ruling.enforcement() == Enforcement.NOT_ENFORCED
                        || !ruling.notice().getJa().isEmpty()
                        || !ruling.notice().getEn().isEmpty())
                .toList();
        standing.untold.clear();
        if (!news.isEmpty() && reaches(person)) {
            people.tell(person, MediaNotices.told(standing.device(), news));
        }
    }

    /** Asks what has to be asked, each once. */
    void ask(Matter matter) {
        open.values().removeIf(stage -> stage.toCompletableFuture().isDone());
        Standing standing = matter.standing();
        for (ClassRuling ruling : matter.those(one -> one.access() == Access.ASK)) {
            Question question = Question.of(ruling.decision(), matter.person());
            if (standing.asked.add(question)) {
                RemovableDevice device = matter.device();
                var told = open.computeIfAbsent(
                                new Open(device.instance(), device.deviceHash() + device.serial(), question),
                                key -> people.askForReason(
                                        matter.person(),
                                        MediaNotices.asked(
                                                standing.device(),
                                                matter.those(one -> one.access() == Access.ASK),
                                                ruling.notice())))
                        .thenAccept(answer -> answered(standing, question, answer));
                requireNonNull(told, "told is null");
            }
        }
    }

    private void answered(Standing standing, Question question, Answer answer) {
        if (!(answer instanceof Unasked)) {
            standing.answers.put(question, answer);
        }
        standing.asked.remove(question);
        reconsider.run();
    }
}
