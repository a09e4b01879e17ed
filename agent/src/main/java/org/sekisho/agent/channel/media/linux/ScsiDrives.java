package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sekisho.v1.MediaClass;

/**
 * Drives with removable media that are not on USB: optical drives on SATA, card readers and other drives that say so (RMB,
 * SCSI Primary Commands, INQUIRY). They are shut out by unbinding them from their driver, which takes their block device
 * away; as the kernel has no default for them, it exists for the moment until the guard has looked.
 */
record ScsiDrives(Path bus, DeviceKind.Place place) implements DeviceKind {
    private static final Pattern NAMES = Pattern.compile("[0-9]+:[0-9]+:[0-9]+:[0-9]+");
    private static final int DISK = 0;
    private static final int TAPE = 1;
    private static final int CD = 5;
    private static final int OPTICAL_MEMORY = 7;
    private static final int REMOVABLE = 0x80;
    private static final int TYPE = 0x1f;
    /** Header of a vital product data page. */
    private static final int PAGE_HEADER = 4;

    static ScsiDrives on(Path sysfs) {
        Path bus = sysfs.resolve("bus/scsi");
        return new ScsiDrives(bus, new Place("scsi/", bus.resolve("devices"), NAMES, false));
    }

    @Override
    public Optional<Description> describe(Path device) throws IOException {
        byte[] inquiry = Files.readAllBytes(device.resolve("inquiry"));
        boolean removable = inquiry.length > 1 && (inquiry[1] & REMOVABLE) != 0;
        if (!removable || !LinuxDeviceBus.usbDevice(device.toRealPath()).isEmpty()) {
            return Optional.empty();
        }
        MediaClass type = switch (inquiry[0] & TYPE) {
            case DISK -> MediaClass.CARD_READER;
            case CD, OPTICAL_MEMORY -> MediaClass.OPTICAL;
            case TAPE -> MediaClass.OTHER_DEVICE;
            default -> MediaClass.MEDIA_CLASS_UNSPECIFIED;
        };
        if (type == MediaClass.MEDIA_CLASS_UNSPECIFIED) {
            return Optional.empty();
        }
        String name = SysfsFile.words(device.resolve("vendor")) + " " + SysfsFile.words(device.resolve("model"));
        String serial = serial(device);
        byte[] said = Arrays.copyOf(inquiry, inquiry.length + serial.length());
        System.arraycopy(serial.getBytes(StandardCharsets.ISO_8859_1), 0, said, inquiry.length, serial.length());
        return Optional.of(new Description(type, "", "", serial, name.strip(), UsbTree.sha256(said)));
    }

    /** Of page 80h, which not every drive has. */
    private static String serial(Path device) throws IOException {
        try {
            byte[] page = Files.readAllBytes(device.resolve("vpd_pg80"));
            return page.length <= PAGE_HEADER
                    ? ""
                    : new String(page, PAGE_HEADER, page.length - PAGE_HEADER, StandardCharsets.ISO_8859_1)
                            .replaceAll("[^!-~]", "");
        } catch (NoSuchFileException e) {
            return "";
        }
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
