package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.Query;
import org.sekisho.cli.rest.RestClient;

/** Looks how a revision comes along until all connected terminals have answered or the time is up. */
final class RolloutWatch {
    /** A person sees a second's delay as "at once"; the server answers from one indexed query. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** More terminals than one server is built for. */
    private static final int MOST_TERMINALS = 100_000;

    private final RestClient client;
    private final Pause pause;
    private final LongSupplier monotonicNanos;

    RolloutWatch(RestClient client, Pause pause, LongSupplier monotonicNanos) {
        this.client = client;
        this.pause = pause;
        this.monotonicNanos = monotonicNanos;
    }

    private Rollout look(String path, String segment) {
        JsonNode entries = client.list(path, new Query(), MOST_TERMINALS).path("items");
        Rollout seen = Rollout.of(entries, Set.of());
        return seen.isDone() ? seen : Rollout.of(entries, gone(segment));
    }

    private Set<String> gone(String segment) {
        Set<String> ids = new HashSet<>();
        for (JsonNode terminal : client.list("/terminals", new Query().with("segment", segment), MOST_TERMINALS)
                .path("items")) {
            if (!terminal.path("connected").asBoolean(true)) {
                ids.add(terminal.path("id").asText());
            }
        }
        return ids;
    }

    /** Tells {@code onChange} each time that the picture has changed; returns the last picture. */
    Rollout until(String segment, String revision, Duration patience, Consumer<Rollout> onChange)
            throws InterruptedException {
        String path = "/policies/" + Query.segment(segment) + "/" + Query.segment(revision) + "/rollout";
        long start = monotonicNanos.getAsLong();
        Rollout before = null;
        while (true) {
            Rollout now = look(path, segment);
            if (!now.equals(before)) {
                onChange.accept(now);
            }
            if (now.isDone() || monotonicNanos.getAsLong() - start >= patience.toNanos()) {
                return now;
            }
            before = now;
            pause.last(BETWEEN_LOOKS);
        }
    }
}
