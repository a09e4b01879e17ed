package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.DeviceBus.Admitted;
import org.sekisho.agent.channel.media.RemovableDevice;

/** Removable devices of one kind, as sysfs has them. The promises are those of {@code DeviceBus}. Not thread-safe. */
interface DeviceTree extends AutoCloseable {
    /** Those that are there now. */
    List<RemovableDevice> devices() throws IOException;

    /** Whether a device, by its instance path, is of this kind. */
    boolean has(RemovableDevice device);

    /** What of it is let in; empty if it is not there any more, or nobody has decided about it yet. */
    Optional<Admission> admission(RemovableDevice device) throws IOException;

    Admitted admit(RemovableDevice device, Set<String> functions) throws IOException;

    /** Whether a block device, by its place in sysfs, is on a device. */
    boolean carries(RemovableDevice device, Path blockDevice);

    /** Directories of sysfs in which a hand could let something in. */
    List<Path> attributes() throws IOException;

    @Override
    void close();
}
