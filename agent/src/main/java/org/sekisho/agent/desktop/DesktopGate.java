package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.Paste;
import org.sekisho.agent.content.ContentInspector;
import org.sekisho.agent.content.HmacFingerprinter;
import org.sekisho.agent.content.Masker;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.CopySeen;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Notice;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.PasteAsked;
import org.sekisho.v1.PasteDone;
import org.sekisho.v1.PasteSeen;
import org.sekisho.v1.PolicyHint;
import org.sekisho.v1.Process;
import org.sekisho.v1.ReasonAsked;
import org.sekisho.v1.ReasonTold;
import org.sekisho.v1.ServiceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate between a session's clipboard and the service: inspects each capture, tells of it, and asks about each paste;
 * shows and asks the person what the service has it show and ask, for any channel. It decides nothing; without an answer of
 * the service nothing is handed out. Thread-safe.
 */
final class DesktopGate implements ClipboardGate, ServiceLink.Listener {
    /** What the service needs for a ruling is on its own disk; a person's reason is waited for elsewhere. */
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(15);
    /** Three selections, and what is still being handed out after newer copies. */
    private static final int MOST_CAPTURES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DesktopGate.class);

    private final Service service;
    private final Executor worker;
    private final Notices notices;
    private final AtomicLong maxBytes;
    private final CompletableFuture<ContentLook> look = new CompletableFuture<>();
    private final OwnerReports owners = new OwnerReports();
    private final ReofferMemory reoffers = new ReofferMemory();
    private final Map<Long, CompletableFuture<ContentLook.Seen>> captures = new LinkedHashMap<>();
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    /** Captures that came before the first welcome. */
    private final AtomicInteger early = new AtomicInteger();

    private volatile Locale language = Locale.JAPANESE;

    /** The way to the service. */
    @FunctionalInterface
    interface Service {
        /** False if it will not get the message. */
        boolean send(DesktopMessage message);
    }

    private record Open(Paste paste, ContentLook.Seen seen, CompletableFuture<Boolean> answer) {}

    /**
     * @param service sends to the service; false if it can't
     * @param worker runs inspections, one at a time
     * @param maxBytes is set to what the service says is the most to hold
     */
    DesktopGate(Service service, Executor worker, Notices notices, AtomicLong maxBytes) {
        this.service = requireNonNull(service, "service is null");
        this.worker = requireNonNull(worker, "worker is null");
        this.notices = requireNonNull(notices, "notices is null");
        this.maxBytes = requireNonNull(maxBytes, "maxBytes is null");
    }

    @Override
    public CompletionStage<Void> identify(int pid, Set<Integer> clients) {
        return owners.tell(pid, clients, System.nanoTime(), service::send);
    }

    @Override
    public void copied(Capture capture) {
        CompletableFuture<ContentLook.Seen> seen = inspect(capture);
        synchronized (captures) {
            if (captures.size() == MOST_CAPTURES) {
                captures.remove(captures.keySet().iterator().next());
            }
            captures.put(capture.id(), seen);
        }
        var told = seen.thenAccept(what -> service.send(DesktopMessage.newBuilder()
                .setCopySeen(CopySeen.newBuilder()
                        .setCapture(capture.id())
                        .setAttempt(what.attempt())
                        .setExposedMicros(capture.exposed().toNanos() / 1_000)
                        .setNotInspected(what.notInspected()))
                .build()));
        requireNonNull(told, "told is null");
    }

    /** Inspects once there is a key, off the clipboard's thread; fails if too much is waiting already. */
    private CompletableFuture<ContentLook.Seen> inspect(Capture capture) {
        if (!look.isDone() && early.incrementAndGet() > MOST_CAPTURES) {
            return CompletableFuture.failedFuture(new IllegalStateException("no service has been there yet"));
        }
        try {
            return look.thenApplyAsync(ready -> reoffers.trace(lookSafely(ready, capture)), worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A detector that fails must not let content pass as clean, nor keep the copy from being recorded. */
    private static ContentLook.Seen lookSafely(ContentLook look, Capture capture) {
        try {
            return look.look(capture);
        } catch (RuntimeException e) {
            LOG.error("A clipboard content could not be inspected", e);
            return ContentLook.unread(capture);
        }
    }

    @Override
    public void exposed(Capture capture, Process destination, String target) {
        CompletableFuture<ContentLook.Seen> seen = seen(capture);
        if (seen != null) {
            var told = seen.thenAccept(what -> service.send(DesktopMessage.newBuilder()
                    .setPasteSeen(PasteSeen.newBuilder()
                            .setCapture(capture.id())
                            .setAttempt(attempt(what, destination, target))
                            .setNotInspected(what.notInspected()))
                    .build()));
            requireNonNull(told, "told is null");
        }
    }

    private @Nullable CompletableFuture<ContentLook.Seen> seen(Capture capture) {
        synchronized (captures) {
            return captures.get(capture.id());
        }
    }

    @Override
    public CompletionStage<Boolean> asked(Paste paste) {
        CompletableFuture<ContentLook.Seen> seen = seen(paste.capture());
        if (seen == null) {
            return CompletableFuture.completedFuture(false);
        }
        return seen.thenCompose(what -> ask(paste, what));
    }

    private CompletionStage<Boolean> ask(Paste paste, ContentLook.Seen seen) {
        Open asked = new Open(paste, seen, new CompletableFuture<>());
        open.put(paste.id(), asked);
        boolean sent = service.send(DesktopMessage.newBuilder()
                .setPasteAsked(PasteAsked.newBuilder()
                        .setAsk(paste.id())
                        .setCapture(paste.capture().id())
                        .setAttempt(attempt(seen, paste.destination(), paste.target()))
                        .setNotInspected(seen.notInspected()))
                .build());
        if (!sent) {
            settle(paste.id(), false);
        }
        return asked.answer()
                .copy()
                .completeOnTimeout(false, ANSWER_WAIT.plus(Notices.REASON_WAIT).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Attempt attempt(ContentLook.Seen seen, Process destination, String target) {
        Attempt.Builder attempt = seen.attempt().toBuilder();
        attempt.getClipboardBuilder().setTarget(target);
        if (!destination.equals(Process.getDefaultInstance())) {
            attempt.getClipboardBuilder()
                    .setDestination(destination.toBuilder().setWindowTitle(Masker.mask(destination.getWindowTitle())));
        }
        return attempt.build();
    }

    private void settle(long ask, boolean handOut) {
        Open asked = open.remove(ask);
        if (asked != null) {
            if (handOut) {
                reoffers.handedOut(asked.paste().destination(), asked.seen());
            }
            asked.answer().complete(handOut);
        }
    }

    @Override
    public void done(Paste paste, long bytes, String failure) {
        open.remove(paste.id());
        service.send(DesktopMessage.newBuilder()
                .setPasteDone(PasteDone.newBuilder()
                        .setAsk(paste.id())
                        .setBytes(bytes)
                        .setFailure(failure))
                .build());
    }

    @Override
    public void welcomed(DesktopWelcome welcome) {
        language = Locale.forLanguageTag(welcome.getLanguage().isEmpty() ? "ja" : welcome.getLanguage());
        take(welcome.getHint());
        if (!look.isDone()) {
            byte[] key = welcome.getFingerprintKey().toByteArray();
            look.complete(new ContentLook(ContentInspector.of(new HmacFingerprinter(key))));
        }
    }

    @Override
    public void received(ServiceMessage message) {
        switch (message.getMessageCase()) {
            case PASTE_ANSWER -> answered(message.getPasteAnswer());
            case NOTICE -> notices.show(message.getNotice(), language);
            case REASON_ASKED -> ask(message.getReasonAsked());
            case OWNER_KNOWN -> owners.known(message.getOwnerKnown().getPid());
            case POLICY_HINT -> take(message.getPolicyHint());
            case WELCOME, STATUS_ANSWER, MESSAGE_NOT_SET -> {}
        }
    }

    private void take(PolicyHint hint) {
        if (hint.getMaxBytes() > 0) {
            maxBytes.set(hint.getMaxBytes());
        }
    }

    private void ask(ReasonAsked asked) {
        ReasonTold.Builder answer = ReasonTold.newBuilder().setQuestion(asked.getQuestion());
        var told = notices.askForReason(asked.getNotice(), language)
                .handle((reason, failure) ->
                        failure == null ? answer.setJustification(reason) : answer.setUnshown(true))
                .thenAccept(known -> service.send(
                        DesktopMessage.newBuilder().setReasonTold(known).build()));
        requireNonNull(told, "told is null");
    }

    private void answered(PasteAnswer answer) {
        settle(answer.getAsk(), answer.getHandOut());
        if (!answer.getNotice().equals(Notice.getDefaultInstance())) {
            notices.show(answer.getNotice(), language);
        }
    }

    @Override
    public void lost() {
        owners.lost();
        for (Long ask : open.keySet()) {
            settle(ask, false);
        }
    }
}
