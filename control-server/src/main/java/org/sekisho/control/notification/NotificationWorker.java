package org.sekisho.control.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.export.Backoff;
import org.sekisho.control.export.SignedPost;
import org.sekisho.control.notification.NoticeBoard.Posted;

/**
 * Tells each subscription what is new, a few notices at a time, and moves its bookmark once they were taken. On each replica;
 * a row lock gives a subscription to one of them. Ingest knows nothing of it.
 */
@Singleton
public class NotificationWorker {
    private static final Logger LOG = Logger.getLogger(NotificationWorker.class);
    /** In one mail or post: what a person reads at once. */
    private static final int BATCH = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;
    private final NoticeBoard board;
    private final SubscriptionStore subscriptions;
    private final MailServerStore servers;
    private final Mailer mailer;
    private final String console;

    @Inject
    NotificationWorker(
            Jdbi jdbi,
            NoticeBoard board,
            SubscriptionStore subscriptions,
            MailServerStore servers,
            Mailer mailer,
            @ConfigProperty(name = "sekisho.public-url", defaultValue = "https://localhost:8443") String console) {
        this.jdbi = jdbi;
        this.board = board;
        this.subscriptions = subscriptions;
        this.servers = servers;
        this.mailer = mailer;
        this.console = console;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        board.collect();
        tell();
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() {
        board.tidy();
    }

    /** Tells everybody who has something to hear. */
    void tell() {
        subscriptions.due().forEach(this::tell);
    }

    private void tell(UUID id) {
        try {
            jdbi.useTransaction(
                    handle -> subscriptions.hold(handle, id).ifPresent(subscription -> tell(handle, subscription)));
        } catch (IllegalStateException e) {
            // A secret that can't be opened: its own subscription waits for a person, the others are told.
            failed(id, e);
        }
    }

    private void failed(UUID id, IllegalStateException failure) {
        LOG.errorf("Notification %s: %s", id, failure.getMessage());
        subscriptions.view(id).ifPresent(view -> {
            Duration pause = Backoff.after(view.failures() + 1, ThreadLocalRandom.current());
            jdbi.useHandle(handle -> subscriptions.failed(handle, id, Mailer.reason(failure), pause));
        });
    }

    private void tell(Handle handle, Subscription subscription) {
        UUID id = subscription.id();
        List<Posted> next = NoticeBoard.after(handle, subscription.bookmark(), BATCH);
        if (next.isEmpty()) {
            return;
        }
        List<Notice> wanted =
                next.stream().map(Posted::notice).filter(subscription::wants).toList();
        try {
            if (!wanted.isEmpty()) {
                send(handle, subscription, next.getLast().id(), wanted);
            }
            subscriptions.told(handle, id, next.getLast().id(), wanted.size());
        } catch (IOException | MessagingException e) {
            LOG.warnf("Notification %s: %s", id, Mailer.reason(e));
            subscriptions.failed(
                    handle,
                    id,
                    Mailer.reason(e),
                    Backoff.after(subscription.failures() + 1, ThreadLocalRandom.current()));
        } catch (InterruptedException e) {
            // The server stops; what was not taken is told at the next start.
            Thread.currentThread().interrupt();
        }
    }

    private void send(Handle handle, Subscription subscription, long last, List<Notice> notices)
            throws IOException, MessagingException, InterruptedException {
        switch (subscription.transport()) {
            case MAIL -> {
                MailServer server = servers.find(handle).orElseThrow(() -> new IOException("no mail server is set"));
                mailer.send(server, subscription.address(), MailText.of(notices, subscription.japanese(), console));
            }
            case WEBHOOK ->
                new SignedPost(
                                subscription.address(),
                                subscription.anchor(),
                                Objects.requireNonNull(subscription.secret(), "a webhook has a secret"))
                        .send(String.valueOf(last), json(notices));
        }
    }

    private byte[] json(List<Notice> notices) throws JsonProcessingException {
        return JSON.writeValueAsBytes(notices.stream()
                .map(notice -> Map.of(
                        "topic", notice.topic().name(),
                        "subject", notice.subject(),
                        "severity", notice.severity().name(),
                        "title", notice.title(),
                        "link", console + notice.page(),
                        "at", notice.raisedAt().toString()))
                .toList());
    }
}
