package org.sekisho.agent.channel.media;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What a USB device says of itself, before anything binds to it: its device descriptor and those of all its configurations,
 * as sysfs has them in {@code descriptors} (USB 2.0, section 9.6; USB 3.2, section 9.6).
 *
 * @param deviceClass the class of the device as a whole; 0 where its interfaces say theirs
 * @param vendorId the maker, as the USB forum gave it a number
 * @param productId the product, as the maker numbers it
 * @param settings every alternate setting of every interface of every configuration, in the device's order
 */
public record UsbDescriptors(int deviceClass, int vendorId, int productId, List<Setting> settings) {
    /** The kernel takes 8 configurations ({@code USB_MAXCONFIG}); their total length is 16 bits each. */
    public static final int MOST_BYTES = 18 + 8 * 65_535;
    /** 8 configurations of 32 interfaces ({@code USB_MAXINTERFACES}), each with some alternate settings. */
    static final int MOST_SETTINGS = 1_024;

    private static final int DEVICE = 1;
    private static final int CONFIGURATION = 2;
    private static final int INTERFACE = 4;
    private static final int ENDPOINT = 5;
    private static final int INTERFACE_ASSOCIATION = 11;

    private static final int DEVICE_BYTES = 18;
    private static final int CONFIGURATION_BYTES = 9;
    private static final int INTERFACE_BYTES = 9;
    private static final int ENDPOINT_BYTES = 7;
    private static final int ASSOCIATION_BYTES = 8;

    /** The shape of MTP: bulk in, bulk out and interrupt in. */
    private static final int BULK = 2;

    private static final int INTERRUPT = 3;

    /**
     * One alternate setting of an interface.
     *
     * @param configuration {@code bConfigurationValue}
     * @param number {@code bInterfaceNumber}
     * @param alternate {@code bAlternateSetting}
     * @param type {@code bInterfaceClass}
     * @param subtype {@code bInterfaceSubClass}
     * @param protocol {@code bInterfaceProtocol}
     * @param functionType class of the function that an interface association puts this interface into; -1 for none
     * @param bulkIn endpoints of this kind
     * @param bulkOut endpoints of this kind
     * @param interruptIn endpoints of this kind
     */
    public record Setting(
            int configuration,
            int number,
            int alternate,
            int type,
            int subtype,
            int protocol,
            int functionType,
            int bulkIn,
            int bulkOut,
            int interruptIn) {

        /** The interface as the kernel names it behind the device's name and a colon: {@code 1.0}. */
        public String function() {
            return configuration + "." + number;
        }

        /** Class, subclass and protocol, such as {@code 08:06:50}. */
        public String triple() {
            return "%02x:%02x:%02x".formatted(type, subtype, protocol);
        }

        private Setting with(int address, int attributes) {
            boolean in = (address & 0x80) != 0;
            int transfer = attributes & 3;
            return new Setting(
                    configuration,
                    number,
                    alternate,
                    type,
                    subtype,
                    protocol,
                    functionType,
                    bulkIn + (in && transfer == BULK ? 1 : 0),
                    bulkOut + (!in && transfer == BULK ? 1 : 0),
                    interruptIn + (in && transfer == INTERRUPT ? 1 : 0));
        }
    }

    public UsbDescriptors {
        settings = List.copyOf(settings);
    }

    /**
     * Reads descriptors. Whatever the device sends, this ends, takes memory in proportion to it, and either understands all
     * of it or refuses.
     *
     * @throws BrokenDescriptorsException if something makes no sense; says what, at which byte
     */
    public static UsbDescriptors parse(byte[] bytes) throws BrokenDescriptorsException {
        requireNonNull(bytes, "bytes is null");
        if (bytes.length > MOST_BYTES) {
            throw new BrokenDescriptorsException(bytes.length + " bytes are more than a device can have", 0);
        }
        return new Reading(bytes).all();
    }

    /** One pass over the bytes. */
    private static final class Reading {
        private final byte[] bytes;
        private final List<Setting> settings = new ArrayList<>();
        private int at;
        private int configuration;
        private int interfacesPromised;
        private int endOfConfiguration;
        private int firstAssociated;
        private int endAssociated;
        private int associatedType;

        Reading(byte[] bytes) {
            this.bytes = bytes;
        }

        UsbDescriptors all() throws BrokenDescriptorsException {
            expect(DEVICE, DEVICE_BYTES, "device");
            int configurations = unsigned(17);
            UsbDescriptors device = new UsbDescriptors(unsigned(4), word(8), word(10), List.of());
            at = DEVICE_BYTES;
            int seen = 0;
            while (at < bytes.length) {
                configuration();
                seen++;
            }
            if (seen != configurations) {
                throw broken("the device promises %d configurations and has %d".formatted(configurations, seen));
            }
            return new UsbDescriptors(device.deviceClass, device.vendorId, device.productId, settings);
        }

        private void configuration() throws BrokenDescriptorsException {
            expect(CONFIGURATION, CONFIGURATION_BYTES, "configuration");
            int total = word(2);
            if (total < CONFIGURATION_BYTES || total > bytes.length - at) {
                throw broken("the configuration's length is " + total);
            }
            endOfConfiguration = at + total;
            interfacesPromised = unsigned(4);
            configuration = unsigned(5);
            int before = settings.size();
            associatedType = -1;
            at += unsigned(0);
            while (at < endOfConfiguration) {
                next();
            }
            long interfaces = settings.subList(before, settings.size()).stream()
                    .map(Setting::number)
                    .distinct()
                    .count();
            if (interfaces != interfacesPromised) {
                throw broken("configuration %d promises %d interfaces and has %d"
                        .formatted(configuration, interfacesPromised, interfaces));
            }
        }

        /** Class-specific and other descriptors are only stepped over. */
        private void next() throws BrokenDescriptorsException {
            int length = unsigned(0);
            if (length < 2 || length > endOfConfiguration - at) {
                throw broken("a descriptor's length is " + length);
            }
            switch (unsigned(1)) {
                case DEVICE, CONFIGURATION -> throw broken("a descriptor of the device inside a configuration");
                case INTERFACE -> {
                    expect(INTERFACE, INTERFACE_BYTES, "interface");
                    setting();
                }
                case ENDPOINT -> {
                    expect(ENDPOINT, ENDPOINT_BYTES, "endpoint");
                    endpoint();
                }
                case INTERFACE_ASSOCIATION -> {
                    expect(INTERFACE_ASSOCIATION, ASSOCIATION_BYTES, "interface association");
                    firstAssociated = unsigned(2);
                    endAssociated = firstAssociated + unsigned(3);
                    associatedType = unsigned(4);
                }
                default -> {}
            }
            at += length;
        }

        private void setting() throws BrokenDescriptorsException {
            if (settings.size() >= MOST_SETTINGS) {
                throw broken("more than " + MOST_SETTINGS + " interface settings");
            }
            int number = unsigned(2);
            boolean associated = associatedType >= 0 && number >= firstAssociated && number < endAssociated;
            settings.add(new Setting(
                    configuration,
                    number,
                    unsigned(3),
                    unsigned(5),
                    unsigned(6),
                    unsigned(7),
                    associated ? associatedType : -1,
                    0,
                    0,
                    0));
        }

        private void endpoint() throws BrokenDescriptorsException {
            if (settings.isEmpty() || settings.getLast().configuration() != configuration) {
                throw broken("an endpoint of no interface");
            }
            settings.set(settings.size() - 1, settings.getLast().with(unsigned(2), unsigned(3)));
        }

        private void expect(int type, int length, String name) throws BrokenDescriptorsException {
            if (bytes.length - at < length || unsigned(0) < length || unsigned(1) != type) {
                throw broken("no whole " + name + " descriptor");
            }
        }

        private int unsigned(int offset) {
            return bytes[at + offset] & 0xFF;
        }

        private int word(int offset) {
            return unsigned(offset) | unsigned(offset + 1) << 8;
        }

        private BrokenDescriptorsException broken(String what) {
            return new BrokenDescriptorsException(what, at);
        }
    }
}
