package org.sekisho.agent.service.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** A service that notes in a file what Windows tells it. Started by the service control manager. */
public final class NotingService implements ServiceBody {
    private final Path notes;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private NotingService(Path notes) {
        this.notes = notes;
    }

    public static void main(String[] arguments) throws Exception {
        NotingService body = new NotingService(Path.of(arguments[1]));
        boolean service = new WindowsService(arguments[0], body).run();
        body.note(service ? "left" : "not started as a service");
    }

    @Override
    public void run(Runnable started) throws Exception {
        note("runs");
        if (Files.exists(notes.resolveSibling("fail"))) {
            throw new IOException("was told to fail");
        }
        started.run();
        stopped.await();
        note("returns");
    }

    @Override
    public void stop(String cause) {
        note(cause);
        stopped.countDown();
    }

    @Override
    public void sessionsChanged() {
        note("sessions");
    }

    private synchronized void note(String line) {
        try {
            Files.writeString(notes, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
