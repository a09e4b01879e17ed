package org.sekisho.agent.channel.media.files;

import com.sun.jna.LastErrorException;
import org.sekisho.agent.os.linux.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that gives way to what people wait for. */
final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;
    /** Beside a thread that is busy it gets a tenth of a processor (sched(7), setpriority(2)). */
    private static final int NICE = 10;

    private Background() {}

    /** The thread that calls, until it ends: on Linux each has a priority of its own. */
    static void begin() {
        try {
            Libc.setpriority(PRIO_PROCESS, THIS_THREAD, NICE);
        } catch (LastErrorException e) {
            // Then it only is in the way of others.
            LOG.debug("setpriority: errno {}", e.getErrorCode());
        }
    }
}
