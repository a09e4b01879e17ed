package org.sekisho.control.report;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.sekisho.control.report.ReportWriter.CancelledException;

/** Makes what was ordered, one after the other on each replica, so that nobody's search waits for it. */
@Singleton
class ReportWorker {
    private static final Logger LOG = Logger.getLogger(ReportWorker.class);

    private final ReportStore store;
    private final Map<ReportKind, ReportWriter> writers;

    @Inject
    ReportWorker(ReportStore store, @All List<ReportWriter> writers) {
        this.store = store;
        this.writers = writers.stream().collect(Collectors.toMap(ReportWriter::kind, Function.identity()));
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void work() {
        Optional<ReportView> next = store.take();
        while (next.isPresent()) {
            make(next.get());
            next = store.take();
        }
    }

    private void make(ReportView report) {
        ReportWriter writer = writers.get(report.kind());
        if (writer == null) {
            throw new IllegalStateException("nothing makes reports of the kind " + report.kind());
        }
        try {
            store.finish(report.id(), writer.write(report.order(), (done, total) -> {
                if (!store.progress(report.id(), done, total)) {
                    throw new CancelledException();
                }
            }));
        } catch (CancelledException e) {
            LOG.infof("Report %d was cancelled", report.id());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Report %d could not be made", report.id());
            store.fail(
                    report.id(),
                    "The server could not make it; its log says more ("
                            + e.getClass().getSimpleName() + ")");
        }
    }
}
