package org.sekisho.agent.channel.media.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sekisho.v1.MediaClass;

/**
 * Thunderbolt and USB4 devices (kernel documentation: admin-guide/thunderbolt). Whether a new one waits until it is authorised
 * is the firmware's to say, by its security level: {@link #isOpen}. Where it waits, none of its PCI Express devices exists
 * before; screens and USB behind it need no authorisation, and USB is guarded as USB.
 */
record ThunderboltDevices(DeviceKind.Place place) implements DeviceKind {
    /** Route 0 is the machine's own. */
    private static final Pattern NAMES = Pattern.compile("[0-9]+-[0-9a-f]*[1-9a-f][0-9a-f]*");

    private static final Pattern DOMAINS = Pattern.compile("domain[0-9]+");
    private static final Pattern HEX_ID = Pattern.compile("0x[0-9a-f]{1,4}");

    static ThunderboltDevices on(Path sysfs) {
        return new ThunderboltDevices(new Place("thunderbolt/", sysfs.resolve("bus/thunderbolt/devices"), NAMES, true));
    }

    /** Whether some domain's devices work before anybody has authorised them, so that nothing here can keep them out. */
    boolean isOpen() throws IOException {
        for (String domain : SysfsFile.names(place.directory(), DOMAINS)) {
            if (SysfsFile.read(place.of(domain).resolve("security")).equals("none")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Description> describe(Path device) throws IOException {
        if (SysfsFile.read(device.resolve("authorized")).isEmpty()) {
            return Optional.empty();
        }
        String vendor = id(device.resolve("vendor"));
        String product = id(device.resolve("device"));
        String serial = SysfsFile.words(device.resolve("unique_id"));
        String name = (SysfsFile.words(device.resolve("vendor_name")) + " "
                        + SysfsFile.words(device.resolve("device_name")))
                .strip();
        String said = String.join("\n", vendor, product, serial, name);
        return Optional.of(new Description(
                MediaClass.THUNDERBOLT_STORAGE, vendor, product, serial, name, UsbTree.sha256(said.getBytes(UTF_8))));
    }

    private static String id(Path attribute) throws IOException {
        String id = SysfsFile.read(attribute);
        return HEX_ID.matcher(id).matches() ? "%04x".formatted(Integer.decode(id)) : "";
    }

    @Override
    public boolean isIn(Path device) throws IOException {
        String authorized = SysfsFile.read(device.resolve("authorized"));
        return !authorized.isEmpty() && !authorized.equals("0");
    }

    @Override
    public void let(Path device, boolean in) throws IOException {
        SysfsFile.write(device.resolve("authorized"), in ? "1" : "0");
    }
}
