package org.sekisho.control.media;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.policy.Devices;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaSubject;

/**
 * What a device is recognised by: the hash of its descriptors, or vendor, product and serial number together.
 *
 * @param vendorId four hex digits
 * @param productId four hex digits
 */
@Schema(name = "Device")
public record Device(
        @Pattern(regexp = "[0-9A-Fa-f]{64}") @Nullable String hash,
        @Pattern(regexp = "[0-9A-Fa-f]{4}") @Nullable String vendorId,
        @Pattern(regexp = "[0-9A-Fa-f]{4}") @Nullable String productId,
        @Size(max = Devices.MAX_SERIAL) @Nullable String serial) {

    /** As a terminal saw it. */
    public static Device of(MediaSubject medium) {
        return of(DeviceIdentity.newBuilder()
                .setDeviceHash(medium.getDeviceHash())
                .setVendorId(medium.getVendorId())
                .setProductId(medium.getProductId())
                .setSerial(medium.getSerial())
                .build());
    }

    /** As it stands in a signed document. */
    public static Device of(DeviceIdentity device) {
        return new Device(
                emptyToNull(device.getDeviceHash()),
                emptyToNull(device.getVendorId()),
                emptyToNull(device.getProductId()),
                emptyToNull(device.getSerial()));
    }

    /** As it stands in a signed document; hex in lower case. */
    public DeviceIdentity identity() {
        return DeviceIdentity.newBuilder()
                .setDeviceHash(hex(hash))
                .setVendorId(hex(vendorId))
                .setProductId(hex(productId))
                .setSerial(serial == null ? "" : serial.strip())
                .build();
    }

    private static String hex(@Nullable String value) {
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
