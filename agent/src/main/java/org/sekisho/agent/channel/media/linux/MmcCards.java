package org.sekisho.agent.channel.media.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sekisho.v1.MediaClass;

/**
 * SD cards in the machine's own slots. Deny by default is {@code drivers_autoprobe} of their bus: a card that is put in has no
 * block device until it is bound here. Built-in storage (eMMC) is on the same bus, and is bound at once; an old MMC card
 * can't be told from it.
 */
record MmcCards(Path bus, DeviceKind.Place place) implements DeviceKind {
    private static final Pattern NAMES = Pattern.compile("mmc[0-9]+:[0-9a-f]+");

    static MmcCards on(Path sysfs) {
        Path bus = sysfs.resolve("bus/mmc");
        return new MmcCards(bus, new Place("mmc/", bus.resolve("devices"), NAMES, true));
    }

    /** Whether there is such a bus on this machine. */
    boolean isThere() throws IOException {
        return !SysfsFile.read(autoprobe()).isEmpty();
    }

    /** True if it was not so already. */
    boolean denyByDefault() throws IOException {
        return SysfsFile.set(autoprobe(), "0");
    }

    void allowByDefault() throws IOException {
        SysfsFile.write(autoprobe(), "1");
    }

    boolean deniesByDefault() throws IOException {
        return SysfsFile.read(autoprobe()).equals("0");
    }

    /** Built-in storage works, whatever the default. */
    void bindBuiltIn() throws IOException {
        for (String name : place.all()) {
            Path device = place.of(name);
            if (SysfsFile.read(device.resolve("type")).equals("MMC") && !DriverBinding.isBound(device)) {
                DriverBinding.set(device, bus, true);
            }
        }
    }

    private Path autoprobe() {
        return bus.resolve("drivers_autoprobe");
    }

    private static boolean isCard(String type) {
        return type.equals("SD") || type.equals("SDcombo");
    }

    @Override
    public Optional<Description> describe(Path device) throws IOException {
        if (!isCard(SysfsFile.read(device.resolve("type")))) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        for (String attribute : List.of("manfid", "oemid", "name", "hwrev", "fwrev", "date", "serial")) {
            said.add(SysfsFile.words(device.resolve(attribute)));
        }
        return Optional.of(new Description(
                MediaClass.SD_CARD,
                "",
                "",
                SysfsFile.words(device.resolve("serial")).toLowerCase(Locale.ROOT),
                SysfsFile.words(device.resolve("name")),
                UsbTree.sha256(String.join("\n", said).getBytes(UTF_8))));
    }

    @Override
    public boolean isIn(Path device) {
        return DriverBinding.isBound(device);
    }

    @Override
    public void let(Path device, boolean in) throws IOException {
        DriverBinding.set(device, bus, in);
    }
}
