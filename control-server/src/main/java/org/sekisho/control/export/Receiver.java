package org.sekisho.control.export;

import java.io.IOException;
import java.util.List;

/** A destination's other end. One thread at a time. */
interface Receiver {
    /** How long a receiver may be silent; a dead one is found out within this time. */
    int TIMEOUT_MILLIS = 30_000;

    /** Returns once the receiver has taken all of them; after a failure it may have taken any. */
    void take(List<ExportedEvent> events) throws IOException, InterruptedException;

    static Receiver of(Destination destination) throws IOException {
        return switch (destination.transport()) {
            case SYSLOG -> new SyslogReceiver(destination);
            case WEBHOOK -> new WebhookReceiver(destination);
        };
    }
}
