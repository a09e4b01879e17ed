package org.sekisho.agent.channel.media;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sekisho.v1.MediaClass;

/**
 * Which classes of the policy's vocabulary a USB device's functions are, from its descriptors alone. What may type counts as
 * a keyboard, also where it does not say so: a human interface device of no stated kind can be one. Pure.
 */
public final class UsbClasses {
    private static final int AUDIO = 0x01;
    private static final int COMMUNICATIONS = 0x02;
    private static final int HUMAN_INTERFACE = 0x03;
    private static final int IMAGE = 0x06;
    private static final int PRINTER = 0x07;
    private static final int MASS_STORAGE = 0x08;
    private static final int HUB = 0x09;
    private static final int COMMUNICATIONS_DATA = 0x0a;
    private static final int SMART_CARD = 0x0b;
    private static final int VIDEO = 0x0e;
    private static final int AUDIO_VIDEO = 0x10;
    private static final int WIRELESS = 0xe0;
    private static final int MISCELLANEOUS = 0xef;
    private static final int VENDOR_SPECIFIC = 0xff;

    /** Communications class subclasses that carry network frames: ECM, EEM, NCM, MBIM, and the mobile models before them. */
    private static final Set<Integer> NETWORK_MODELS = Set.of(0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e);

    /** Makers of serial bridges, whose interfaces are of no standard class: FTDI, Prolific, Silicon Labs, WCH. */
    private static final Set<Integer> SERIAL_VENDORS = Set.of(0x0403, 0x067b, 0x10c4, 0x1a86);
    /** ASIX makes nothing but network adapters. */
    private static final Set<Integer> NETWORK_VENDORS = Set.of(0x0b95);
    /** Realtek's Ethernet adapters; the same vendor makes card readers. */
    private static final Set<Integer> REALTEK_NETWORK =
            Set.of(0x8050, 0x8053, 0x8150, 0x8151, 0x8152, 0x8153, 0x8155, 0x8156);

    private static final int REALTEK = 0x0bda;
    private static final int APPLE = 0x05ac;

    private UsbClasses() {}

    /**
     * The device's functions.
     *
     * @param name what it calls itself; tells a card reader from a stick, where it does
     */
    public static List<DeviceFunction> functions(UsbDescriptors device, String name) {
        Map<String, Set<MediaClass>> classes = new LinkedHashMap<>();
        Map<String, Set<String>> triples = new LinkedHashMap<>();
        MediaClass communications = MediaClass.OTHER_DEVICE;
        int configuration = -1;
        for (UsbDescriptors.Setting setting : device.settings()) {
            if (setting.configuration() != configuration) {
                configuration = setting.configuration();
                communications = MediaClass.OTHER_DEVICE;
            }
            MediaClass one = setting.type() == COMMUNICATIONS_DATA ? communications : classOf(device, setting, name);
            if (setting.type() == COMMUNICATIONS || isNetworkControl(setting)) {
                communications = one;
            }
            classes.computeIfAbsent(setting.function(), f -> EnumSet.noneOf(MediaClass.class))
                    .add(one);
            triples.computeIfAbsent(setting.function(), f -> new LinkedHashSet<>())
                    .add(setting.triple());
        }
        List<DeviceFunction> functions = new ArrayList<>();
        classes.forEach((id, of) ->
                functions.add(new DeviceFunction(id, of, List.copyOf(triples.getOrDefault(id, Set.of())))));
        return functions;
    }

    private static MediaClass classOf(UsbDescriptors device, UsbDescriptors.Setting setting, String name) {
        return switch (setting.type()) {
            case AUDIO -> MediaClass.AUDIO;
            case COMMUNICATIONS -> communications(setting);
            case HUMAN_INTERFACE ->
                setting.subtype() == 1 && setting.protocol() == 2 ? MediaClass.POINTER : MediaClass.KEYBOARD;
            case IMAGE -> MediaClass.PHONE;
            case PRINTER -> MediaClass.PRINTER_DEVICE;
            case MASS_STORAGE -> storage(setting, name);
            case HUB -> MediaClass.HUB;
            case SMART_CARD -> MediaClass.SMART_CARD_READER;
            case VIDEO, AUDIO_VIDEO -> MediaClass.CAMERA;
            case WIRELESS, MISCELLANEOUS -> radio(setting);
            case VENDOR_SPECIFIC -> vendorSpecific(device, setting);
            default -> MediaClass.OTHER_DEVICE;
        };
    }

    private static MediaClass communications(UsbDescriptors.Setting setting) {
        boolean remoteNdis = setting.subtype() == 2 && setting.protocol() == 0xff;
        if (remoteNdis || NETWORK_MODELS.contains(setting.subtype())) {
            return MediaClass.NETWORK_ADAPTER;
        }
        return setting.subtype() == 2 ? MediaClass.SERIAL_PORT : MediaClass.OTHER_DEVICE;
    }

    private static MediaClass storage(UsbDescriptors.Setting setting, String name) {
        // SFF-8020i and MMC-2 (USB mass storage overview 1.4, table 1): what optical drives speak.
        if (setting.subtype() == 2) {
            return MediaClass.OPTICAL;
        }
        String words = name.toLowerCase(Locale.ROOT);
        boolean reader = (words.contains("card") || words.contains("sd/mmc"))
                && (words.contains("reader") || words.contains("writer") || words.contains("r/w"));
        return reader ? MediaClass.CARD_READER : MediaClass.USB_STORAGE;
    }

    private static MediaClass radio(UsbDescriptors.Setting setting) {
        if (isNetworkControl(setting)) {
            return MediaClass.NETWORK_ADAPTER;
        }
        boolean bluetooth = setting.type() == WIRELESS
                && setting.subtype() == 1
                && (setting.protocol() == 1 || setting.protocol() == 4);
        return bluetooth ? MediaClass.BLUETOOTH : MediaClass.OTHER_DEVICE;
    }

    /** Remote NDIS, as phones and USB gadgets offer it. */
    private static boolean isNetworkControl(UsbDescriptors.Setting setting) {
        return (setting.type() == WIRELESS && setting.subtype() == 1 && setting.protocol() == 3)
                || (setting.type() == MISCELLANEOUS && setting.subtype() == 4);
    }

    private static MediaClass vendorSpecific(UsbDescriptors device, UsbDescriptors.Setting setting) {
        if (SERIAL_VENDORS.contains(device.vendorId())) {
            return MediaClass.SERIAL_PORT;
        }
        if (NETWORK_VENDORS.contains(device.vendorId())
                || (device.vendorId() == REALTEK && REALTEK_NETWORK.contains(device.productId()))) {
            return MediaClass.NETWORK_ADAPTER;
        }
        boolean debugBridge = setting.subtype() == 0x42;
        boolean apple = device.vendorId() == APPLE && setting.subtype() == 0xfe;
        boolean transferProtocol = setting.bulkIn() == 1 && setting.bulkOut() == 1 && setting.interruptIn() == 1;
        return debugBridge || apple || transferProtocol ? MediaClass.PHONE : MediaClass.OTHER_DEVICE;
    }
}
