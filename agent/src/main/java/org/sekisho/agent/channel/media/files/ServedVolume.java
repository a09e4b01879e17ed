package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.local.Frames;
import org.sekisho.v1.FileAsked;
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.MountEnd;
import org.sekisho.v1.MountOrder;
import org.sekisho.v1.MountReport;
import org.sekisho.v1.MountRules;
import org.sekisho.v1.MountSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process that serves a volume, seen from the service. Thread-safe. */
final class ServedVolume {
    private static final Logger LOG = LoggerFactory.getLogger(ServedVolume.class);
    /** Files that are decided at once; the process holds back more than its own readers can ask. */
    private static final int AT_ONCE = 32;
    /** What was decided is written back to a slow stick. */
    private static final int END_SECONDS = 20;

    private final MediaVolume volume;
    private final Process process;
    private final OutputStream orders;
    private final FileDesk desk;
    private final ShadowOrders shadows;
    /** Shadow copies that the process has been told to write, and has not yet said to have. */
    private final Set<String> ordered = ConcurrentHashMap.newKeySet();

    ServedVolume(MediaVolume volume, Process process, FileDesk desk, ShadowOrders shadows) {
        this.volume = requireNonNull(volume, "volume is null");
        this.process = requireNonNull(process, "process is null");
        this.desk = requireNonNull(desk, "desk is null");
        this.shadows = requireNonNull(shadows, "shadows is null");
        this.orders = new BufferedOutputStream(process.getOutputStream());
    }

    /**
     * Answers the process until it ends.
     *
     * @param up called once it serves
     * @return its exit value
     */
    int serve(MountSetup setup, Runnable up) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        try (ExecutorService asks = Executors.newVirtualThreadPerTaskExecutor();
                InputStream reports = process.getInputStream()) {
            order(MountOrder.newBuilder().setSetup(setup).build());
            for (Optional<MountReport> report = next(reports); report.isPresent(); report = next(reports)) {
                MountReport said = report.get();
                switch (said.getReportCase()) {
                    case STANDING -> {
                        up.run();
                        if (!said.getStanding().getDetail().isEmpty()) {
                            desk.failed(
                                    volume, "read-only: " + said.getStanding().getDetail());
                        }
                    }
                    case ASKED -> {
                        room.acquire();
                        asks.execute(() -> answer(said.getAsked(), room));
                    }
                    case SHADOW_DONE -> {
                        ordered.remove(said.getShadowDone().getId());
                        shadows.done();
                    }
                    case REPORT_NOT_SET -> throw new IOException("a report that makes no sense");
                }
            }
        } catch (IOException e) {
            LOG.warn("The process that serves {} is not understood: {}", volume.name(), e.getMessage());
            process.destroyForcibly();
        }
        int exit = process.waitFor();
        ordered.forEach(shadows::lost);
        return exit;
    }

    private void answer(FileAsked asked, Semaphore room) {
        try {
            FileRuling ruling = desk.rule(volume, asked);
            if (ruling.hasShadowCopy()) {
                ordered.add(ruling.getShadowCopy().getId());
            }
            if (asked.getId() != 0) {
                order(MountOrder.newBuilder().setRuling(ruling).build());
            }
        } catch (IOException e) {
            LOG.warn("The process that serves {} can't be answered: {}", volume.name(), e.getMessage());
        } finally {
            room.release();
        }
    }

    private static Optional<MountReport> next(InputStream reports) throws IOException {
        return Frames.read(reports, MountReport.parser());
    }

    private void order(MountOrder order) throws IOException {
        Frames.write(orders, order);
    }

    /** Tells it what the rules ask for now. */
    void rules(boolean contentAskedFor) {
        try {
            order(MountOrder.newBuilder()
                    .setRules(MountRules.newBuilder().setContentAskedFor(contentAskedFor))
                    .build());
        } catch (IOException e) {
            LOG.warn("The process that serves {} can't be told of the rules; ending it", volume.name());
            process.destroyForcibly();
        }
    }

    /** Ends it; returns when it has written back what was decided, or took too long. */
    void end() {
        try {
            order(MountOrder.newBuilder().setEnd(MountEnd.getDefaultInstance()).build());
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // It is gone already, or hangs: either way it is not to go on.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
