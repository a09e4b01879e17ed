package org.sekisho.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream of the server and comes back by itself: after a break it connects again, telling the last event that it
 * got ({@code Last-Event-ID}), and gives up after {@link #MAX_FAILURES} breaks in a row. A refusal ends it at once.
 */
public final class EventFeed {
    /** The server sends a sign of life every 15 s; three missed ones mean that the connection is dead. */
    static final Duration SILENCE = Duration.ofSeconds(45);
    /** With waits of up to 30 s these are about four minutes: longer than a server's restart. */
    static final int MAX_FAILURES = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClient client;
    private final Pause pause;
    private final Duration silence;
    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), ThreadLocalRandom.current());

    public EventFeed(RestClient client, Pause pause) {
        this(client, pause, SILENCE);
    }

    EventFeed(RestClient client, Pause pause, Duration silence) {
        this.client = client;
        this.pause = pause;
        this.silence = silence;
    }

    /** Where a feed's events go. Called on the following thread. */
    public interface Listener {
        /** An event; returns false to end the feed. */
        boolean event(JsonNode event);

        /** The server had to leave events out, because this reader was too slow. */
        void lagged();

        /** The connection broke and is being opened again; events in between may be missing. */
        void reconnecting(String why);
    }

    /** Blocks until the listener has enough, the thread is interrupted, or it gives up with a {@link org.sekisho.cli.CommandFailure}. */
    public void follow(String path, Query query, Listener listener) throws InterruptedException {
        Progress progress = new Progress();
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("feed-watch").factory())) {
            while (!progress.enough) {
                try {
                    readOnce(path, query, listener, progress, watch);
                } catch (IOException e) {
                    progress.failures++;
                    if (progress.failures >= MAX_FAILURES) {
                        throw client.unreachable(e, progress.failures);
                    }
                    listener.reconnecting(String.valueOf(e.getMessage()));
                    pause.last(backoff.after(progress.failures));
                }
            }
            watch.shutdownNow();
        }
    }

    private void readOnce(
            String path, Query query, Listener listener, Progress progress, ScheduledExecutorService watch)
            throws IOException, InterruptedException {
        try (InputStream stream = client.open(path, query, progress.lastId)) {
            EventReader reader = new EventReader(stream);
            while (!progress.enough) {
                ScheduledFuture<?> alarm =
                        watch.schedule(() -> close(stream), silence.toMillis(), TimeUnit.MILLISECONDS);
                ServerSentEvent event;
                try {
                    event = reader.next();
                } finally {
                    alarm.cancel(false);
                }
                if (event == null) {
                    throw new IOException("The server ended the stream");
                }
                progress.failures = 0;
                take(event, listener, progress);
            }
        }
    }

    private static void take(ServerSentEvent event, Listener listener, Progress progress) throws IOException {
        switch (event.type()) {
            case ":" -> {
                // A sign of life is all it says.
            }
            case "lagged" -> listener.lagged();
            default -> {
                progress.lastId = event.id();
                progress.enough = !listener.event(JSON.readTree(event.data()));
            }
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The reader sees the closed stream, or the same failure, and connects again.
        }
    }

    private static final class Progress {
        @Nullable
        String lastId;

        int failures;
        boolean enough;
    }
}
