package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interfaces of authorised USB devices, in the configuration that the kernel has chosen. Not thread-safe. */
final class UsbFunctions {
    private static final Logger LOG = LoggerFactory.getLogger(UsbFunctions.class);

    private final Path devices;
    private final Path probe;

    UsbFunctions(Path devices, Path probe) {
        this.devices = devices;
        this.probe = probe;
    }

    /** Which of them are in; for a device that is authorised itself. */
    Admission admission(RemovableDevice device) throws IOException {
        Set<String> in = new HashSet<>();
        Set<String> out = new HashSet<>();
        for (String function : present(device)) {
            String authorized = SysfsFile.read(attribute(device, function));
            if (!authorized.isEmpty()) {
                (authorized.equals("1") ? in : out).add(function);
            }
        }
        return new Admission(true, in, out);
    }

    /**
     * What is not wanted goes first; what is wanted is authorised together before any of it is bound, as pairs need.
     *
     * @return which of them were in before
     */
    Admission settle(RemovableDevice device, Set<String> wanted) throws IOException {
        Set<String> present = present(device);
        Set<String> in = new HashSet<>();
        for (String function : present) {
            if (!wanted.contains(function) && set(device, function, "0") == Found.OTHERWISE) {
                in.add(function);
            }
        }
        List<String> fresh = new ArrayList<>();
        for (String function : present) {
            if (wanted.contains(function)) {
                switch (set(device, function, "1")) {
                    case SO -> in.add(function);
                    case OTHERWISE -> fresh.add(function);
                    case LEAVING -> {}
                }
            }
        }
        for (String function : fresh) {
            bind(device, function);
        }
        return new Admission(true, in, Set.copyOf(fresh));
    }

    private void bind(RemovableDevice device, String function) throws IOException {
        try {
            SysfsFile.write(probe, device.instance() + ":" + function);
        } catch (IOException e) {
            if (!SysfsFile.read(attribute(device, function)).isEmpty()) {
                throw e;
            }
            LOG.debug("{} is leaving: {}", device.instance(), e.getMessage());
        }
    }

    /** How a function was before it was set. */
    private enum Found {
        /** As it was wanted. */
        SO,
        OTHERWISE,
        LEAVING
    }

    private Found set(RemovableDevice device, String function, String wanted) throws IOException {
        try {
            return SysfsFile.set(attribute(device, function), wanted) ? Found.OTHERWISE : Found.SO;
        } catch (NoSuchFileException gone) {
            LOG.debug("{} is leaving: {}", device.instance(), gone.getMessage());
            return Found.LEAVING;
        }
    }

    private Set<String> present(RemovableDevice device) throws IOException {
        String prefix = device.instance() + ":";
        Set<String> functions = new TreeSet<>();
        SysfsFile.names(devices, Pattern.compile(Pattern.quote(prefix) + ".+"))
                .forEach(name -> functions.add(name.substring(prefix.length())));
        return functions;
    }

    private Path attribute(RemovableDevice device, String function) {
        return devices.resolve(device.instance() + ":" + function).resolve("authorized");
    }
}
