package org.sekisho.policy;

import java.util.regex.Pattern;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaSubject;

/** What it means for a device to be the one that a permit or the register names. Pure, safe for all threads. */
public final class Devices {
    /** Longest serial number that a USB descriptor can hold (USB 2.0, 9.6.7: 253 bytes of UTF-16), and some room. */
    public static final int MAX_SERIAL = 255;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern USB_ID = Pattern.compile("[0-9a-f]{4}");

    private Devices() {}

    /** Whether it names one device, in the form of the contract. */
    public static boolean isWhole(DeviceIdentity device) {
        boolean named = !device.getDeviceHash().isEmpty()
                || (!device.getVendorId().isEmpty()
                        && !device.getProductId().isEmpty()
                        && !device.getSerial().isEmpty());
        return named
                && fits(HASH, device.getDeviceHash())
                && fits(USB_ID, device.getVendorId())
                && fits(USB_ID, device.getProductId())
                && device.getSerial().length() <= MAX_SERIAL;
    }

    private static boolean fits(Pattern form, String value) {
        return value.isEmpty() || form.matcher(value).matches();
    }

    /** Whether the medium is this device: all that is stated holds. One that names no device is none. */
    public static boolean matches(DeviceIdentity device, MediaSubject medium) {
        return isWhole(device)
                && agrees(device.getDeviceHash(), CaseFold.fold(medium.getDeviceHash()))
                && agrees(device.getVendorId(), CaseFold.fold(medium.getVendorId()))
                && agrees(device.getProductId(), CaseFold.fold(medium.getProductId()))
                && agrees(device.getSerial(), medium.getSerial());
    }

    private static boolean agrees(String stated, String found) {
        return stated.isEmpty() || stated.equals(found);
    }
}
