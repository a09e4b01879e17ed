package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.v1.MediaClass;

/**
 * Bluetooth that is not on USB: built-in radios on a serial line, PCI Express or SDIO. They are shut out by their soft block
 * (rfkill), which the person at the terminal can lift by a switch; that is heard, taken back and recorded. The radio is on
 * for the moment until the guard has looked.
 */
record BluetoothRadios(DeviceKind.Place place) implements DeviceKind {
    private static final Pattern NAMES = Pattern.compile("hci[0-9]+");
    private static final Pattern SWITCH = Pattern.compile("rfkill[0-9]+");

    static BluetoothRadios on(Path sysfs) {
        return new BluetoothRadios(new Place("bluetooth/", sysfs.resolve("class/bluetooth"), NAMES, false));
    }

    /** Whether some radio here has no switch, so that it can't be shut out. */
    boolean hasUnswitched() throws IOException {
        for (String name : place.all()) {
            Path radio = place.of(name);
            if (isOffUsb(radio) && soft(radio).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOffUsb(Path radio) throws IOException {
        return LinuxDeviceBus.usbDevice(radio.toRealPath()).isEmpty();
    }

    private static Optional<Path> soft(Path radio) throws IOException {
        Set<String> switches = SysfsFile.names(radio, SWITCH);
        return switches.stream().findFirst().map(name -> radio.resolve(name).resolve("soft"));
    }

    @Override
    public Optional<Description> describe(Path radio) throws IOException {
        return isOffUsb(radio) && soft(radio).isPresent()
                ? Optional.of(new Description(MediaClass.BLUETOOTH, "", "", "", "", ""))
                : Optional.empty();
    }

    @Override
    public boolean isIn(Path radio) throws IOException {
        Optional<Path> soft = soft(radio);
        return soft.isPresent() && SysfsFile.read(soft.get()).equals("0");
    }

    @Override
    public void let(Path radio, boolean in) throws IOException {
        Optional<Path> soft = soft(radio);
        if (soft.isEmpty()) {
            throw new IOException("the radio has no switch");
        }
        SysfsFile.write(soft.get(), in ? "0" : "1");
    }
}
