package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.agent.channel.media.DeviceFunction;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.v1.MediaClass;

/** A kind of device that is let in or shut out as a whole. */
interface DeviceKind {
    Place place();

    /** What one says of itself; empty if it is not removable, or another kind's. */
    Optional<Description> describe(Path device) throws IOException;

    boolean isIn(Path device) throws IOException;

    /** Lets one in or shuts it out. */
    void let(Path device, boolean in) throws IOException;

    /**
     * Where they are.
     *
     * @param prefix begins their instance paths, such as {@code mmc/}
     * @param directory where sysfs lists them
     * @param names theirs in it
     * @param outAtFirst a new one stays out until it is let in; if not, it works for the moment until it is looked at
     */
    record Place(String prefix, Path directory, Pattern names, boolean outAtFirst) {
        Path of(String name) {
            return directory.resolve(name);
        }

        /** The names of those that are there now. */
        Set<String> all() throws IOException {
            return SysfsFile.names(directory, names);
        }
    }

    /**
     * A device's own word.
     *
     * @param vendorId four lower-case hex digits; may be empty
     * @param productId the same
     * @param hash of all that it says
     */
    record Description(MediaClass type, String vendorId, String productId, String serial, String name, String hash) {
        RemovableDevice device(String instance, String plugging) {
            return new RemovableDevice(
                    instance,
                    plugging,
                    vendorId,
                    productId,
                    serial,
                    name,
                    hash,
                    List.of(new DeviceFunction("", Set.of(type), List.of())),
                    "");
        }
    }
}
