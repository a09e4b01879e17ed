package org.sekisho.control.identity;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** All that the server logs between start and stop, with its exceptions. */
final class LogCapture extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final PatternFormatter whole = new PatternFormatter("%s%e%n");

    void start() {
        Logger.getLogger("").addHandler(this);
    }

    void stop() {
        Logger.getLogger("").removeHandler(this);
    }

    String text() {
        return String.join("", lines);
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(whole.format(logged));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
