package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sekisho.agent.channel.GivenReasons;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Declined;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Notice;

/**
 * Asks people for reasons for files that are held back meanwhile, each file once: who saves it again, or whose program gave
 * up before the answer came, finds the way open. Waits, but no longer than the volume may be used. Thread-safe.
 */
final class FileQuestions {
    /** A program waits in close(2) as long as a person takes to write a sentence. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Long enough to copy the same file again. */
    private static final Duration REASON_HOLDS = Duration.ofMinutes(10);

    private static final int MOST_REASONS = 256;

    private final PersonDesk people;
    private final GivenReasons reasons = new GivenReasons(REASON_HOLDS, MOST_REASONS, System::nanoTime);
    /** Of each volume that may be used, the questions that are open, by their numbers. */
    private final Map<MediaVolume, Map<Long, CompletableFuture<Answer>>> volumes = new HashMap<>();

    private long last;

    /** What a reason was given for: this content under this name on this medium, by this rule of this revision. */
    private record Grant(MediaVolume volume, String name, String sha256, String rule, long revision) {}

    FileQuestions(PersonDesk people) {
        this.people = requireNonNull(people, "people is null");
    }

    /** From now on people are asked about files on a volume. */
    synchronized void begin(MediaVolume volume) {
        volumes.putIfAbsent(volume, new HashMap<>());
    }

    /** Nobody is asked any more, and nobody waits for an answer. */
    void end(MediaVolume volume) {
        Map<Long, CompletableFuture<Answer>> open;
        synchronized (this) {
            open = volumes.remove(volume);
        }
        if (open != null) {
            open.values().forEach(asked -> asked.complete(new Unasked()));
        }
    }

    /** The answer for a file, or that there is none in time. */
    Answer ask(MediaVolume volume, Attempt attempt, Decision decision, Notice notice) {
        Grant grant = new Grant(
                volume,
                attempt.getMedia().getFile().getName(),
                attempt.getMedia().getFile().getSha256(),
                decision.getRule(),
                decision.getRevision());
        String before = reasons.given(grant);
        if (!before.isEmpty()) {
            return new Given(before);
        }
        CompletableFuture<Answer> asked = new CompletableFuture<>();
        long question;
        synchronized (this) {
            Map<Long, CompletableFuture<Answer>> open = volumes.get(volume);
            if (open == null) {
                return new Unasked();
            }
            question = ++last;
            open.put(question, asked);
        }
        var told = people.askForReason(volume.session(), notice).thenAccept(answer -> {
            if (answer instanceof Given given) {
                reasons.keep(grant, given.text());
            }
            asked.complete(answer);
        });
        requireNonNull(told, "told is null");
        try {
            return await(asked);
        } finally {
            synchronized (this) {
                volumes.getOrDefault(volume, new HashMap<>()).remove(question);
            }
        }
    }

    private static Answer await(CompletableFuture<Answer> asked) {
        try {
            return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new Declined();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unasked();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question is answered or not, it can't fail", e);
        }
    }
}
