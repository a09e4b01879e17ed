package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A device's driver (kernel documentation: driver-api/driver-model/binding): without one it has no block device. */
final class DriverBinding {
    private DriverBinding() {}

    static boolean isBound(Path device) {
        return Files.exists(device.resolve("driver"));
    }

    /** Binds it to the driver that the bus finds for it, or unbinds it from the one it has. */
    static void set(Path device, Path bus, boolean bound) throws IOException {
        String name = device.getFileName().toString();
        if (bound) {
            SysfsFile.write(bus.resolve("drivers_probe"), name);
        } else {
            SysfsFile.write(device.resolve("driver/unbind"), name);
        }
    }
}
