package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ways for removable things into this machine that can't be guarded, so that the channel's state can say so. */
final class Unguarded {
    private static final Logger LOG = LoggerFactory.getLogger(Unguarded.class);

    private Unguarded() {}

    /** Whether there is such a way. */
    @FunctionalInterface
    private interface Way {
        boolean isOpen() throws IOException;
    }

    static List<String> on(Path sysfs) {
        List<String> ways = new ArrayList<>();
        if (isOpen(MmcCards.on(sysfs)::isThere)) {
            ways.add("MMC cards older than SD");
        }
        if (isOpen(ThunderboltDevices.on(sysfs)::isOpen)) {
            ways.add("Thunderbolt (the firmware's security level is none)");
        }
        if (isOpen(BluetoothRadios.on(sysfs)::hasUnswitched)) {
            ways.add("Bluetooth without a switch");
        }
        return ways;
    }

    private static boolean isOpen(Way way) {
        try {
            return way.isOpen();
        } catch (IOException e) {
            LOG.warn("it can't be told whether a way out is guarded, so it is not claimed to be: {}", e.getMessage());
            return true;
        }
    }
}
