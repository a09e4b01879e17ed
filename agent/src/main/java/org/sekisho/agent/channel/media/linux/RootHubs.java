package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.agent.channel.media.DeviceBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deny by default: {@code authorized_default} and {@code interface_authorized_default} of every USB host controller's root
 * hub (kernel documentation: usb/authorization). Not thread-safe.
 *
 * <p>A controller is announced before the kernel makes its root hub's own function. Shut between the two, that function is
 * unauthorised as well, no driver takes it, and the kernel finds no device on that controller, ever. So it is let in again.
 */
final class RootHubs {
    private static final Logger LOG = LoggerFactory.getLogger(RootHubs.class);
    private static final String PREFIX = "usb";
    private static final Pattern ROOT_HUB = Pattern.compile(PREFIX + "[0-9]+");
    /** A root hub has one configuration with one interface. */
    private static final String OWN_FUNCTION = "-0:1.0";

    private static final String DEVICES = "authorized_default";
    private static final String FUNCTIONS = "interface_authorized_default";

    private final Path devices;
    private final Path probe;
    /** Those that were set, so that one that is open again was opened by somebody. */
    private final Set<String> denied = new HashSet<>();

    /** @param sysfs {@code /sys} */
    RootHubs(Path sysfs) {
        this.devices = UsbTree.devices(sysfs);
        this.probe = UsbTree.probe(sysfs);
    }

    DeviceBus.Default denyByDefault() throws IOException {
        List<String> takenBack = new ArrayList<>();
        Set<String> hubs = names();
        for (String hub : hubs) {
            Path root = devices.resolve(hub);
            boolean changed = SysfsFile.set(root.resolve(FUNCTIONS), "0");
            changed |= SysfsFile.set(root.resolve(DEVICES), "0");
            letIn(hub.substring(PREFIX.length()) + OWN_FUNCTION);
            if (!denied.add(hub + "/" + SysfsFile.inode(root)) && changed) {
                takenBack.add(hub);
            }
        }
        String proof = hubs.isEmpty()
                ? "no USB host controller"
                : "authorized_default=0 on " + String.join(", ", hubs) + " (read back)";
        return new DeviceBus.Default(proof, takenBack);
    }

    private void letIn(String function) throws IOException {
        try {
            if (SysfsFile.set(devices.resolve(function).resolve("authorized"), "1")) {
                SysfsFile.write(probe, function);
            }
        } catch (NoSuchFileException soon) {
            LOG.debug("{} is not there yet, or no more: it is announced when it is", function);
        }
    }

    void allowByDefault() throws IOException {
        for (String hub : names()) {
            SysfsFile.write(devices.resolve(hub).resolve(FUNCTIONS), "1");
            SysfsFile.write(devices.resolve(hub).resolve(DEVICES), "1");
        }
        denied.clear();
    }

    boolean deniesByDefault() throws IOException {
        for (String hub : names()) {
            if (!SysfsFile.read(devices.resolve(hub).resolve(DEVICES)).equals("0")) {
                return false;
            }
        }
        return true;
    }

    /** Where a hand could open them. */
    List<Path> attributes() throws IOException {
        return names().stream().map(devices::resolve).toList();
    }

    private Set<String> names() throws IOException {
        return SysfsFile.names(devices, ROOT_HUB);
    }
}
