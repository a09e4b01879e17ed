package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.content.extract.Reading;
import org.sekisho.agent.local.Frames;
import org.sekisho.v1.FileAsked;
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MountReport;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;
import org.sekisho.v1.ShadowDone;
import org.sekisho.v1.ShadowOrder;

/** Has the service decide, over this process's standard output. Thread-safe. */
final class ServiceRulings implements FileRulings {
    private final OutputStream out;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<FileRuling>> waiting = new ConcurrentHashMap<>();
    private volatile boolean asksForContent;
    private volatile boolean over;

    ServiceRulings(OutputStream out, boolean asksForContent) {
        this.out = requireNonNull(out, "out is null");
        this.asksForContent = asksForContent;
    }

    void rules(boolean nowAsked) {
        asksForContent = nowAsked;
    }

    /** The service has decided. */
    void ruled(FileRuling ruling) {
        CompletableFuture<FileRuling> asked = waiting.remove(ruling.getId());
        if (asked != null) {
            asked.complete(ruling);
        }
    }

    /** The service is gone: nothing more is permitted. */
    void end() {
        over = true;
        waiting.values().forEach(asked -> asked.complete(FileRuling.getDefaultInstance()));
    }

    @Override
    public FileRuling rule(FileReport report) throws IOException {
        long id = last.incrementAndGet();
        CompletableFuture<FileRuling> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        if (over) {
            return FileRuling.getDefaultInstance();
        }
        send(report, id);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the service decides", e);
        } catch (ExecutionException e) {
            throw new IOException("the service did not decide", e);
        }
    }

    @Override
    public void tell(FileReport report) throws IOException {
        send(report, 0);
    }

    @Override
    public void shadowDone(ShadowOrder order) throws IOException {
        Frames.write(
                out,
                MountReport.newBuilder()
                        .setShadowDone(ShadowDone.newBuilder().setId(order.getId()))
                        .build());
    }

    @Override
    public boolean asksForContent() {
        return asksForContent;
    }

    private void send(FileReport report, long id) throws IOException {
        Caller caller = report.caller();
        Frames.write(
                out,
                MountReport.newBuilder()
                        .setAsked(FileAsked.newBuilder()
                                .setId(id)
                                .setFile(MediaFile.newBuilder()
                                        .setAct(report.act())
                                        .setName(report.name())
                                        .setOldName(report.oldName())
                                        .setSha256(report.sha256())
                                        .setProcess(Process.newBuilder().setPid(caller.pid())))
                                .addAllLabels(report.labels())
                                .setBytes(report.bytes())
                                .setNotInspected(reason(report.reading())))
                        .build());
    }

    private static Reason reason(Reading reading) {
        return switch (reading) {
            case WHOLE -> Reason.REASON_UNSPECIFIED;
            case TOO_LARGE -> Reason.TOO_LARGE;
            case UNREADABLE, UNSUPPORTED -> Reason.UNREADABLE;
        };
    }
}
