package org.sekisho.agent.channel.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.v1.MediaClass;

/** Writes the descriptors of a device as it would send them. */
public final class DescriptorBytes {
    private final int vendor;
    private final int product;
    private final List<ByteArrayOutputStream> configurations = new ArrayList<>();
    private final List<java.util.Set<Integer>> interfaces = new ArrayList<>();

    private DescriptorBytes(int vendor, int product) {
        this.vendor = vendor;
        this.product = product;
        configuration();
    }

    public static DescriptorBytes of(int vendor, int product) {
        return new DescriptorBytes(vendor, product);
    }

    /** A device whose interfaces, numbered from 0, are these triples, such as {@code 08:06:50}. */
    public static byte[] device(int vendor, int product, String... triples) {
        DescriptorBytes bytes = of(vendor, product);
        for (int i = 0; i < triples.length; i++) {
            bytes.setting(i, 0, triples[i]);
        }
        return bytes.bytes();
    }

    public DescriptorBytes configuration() {
        configurations.add(new ByteArrayOutputStream());
        interfaces.add(new java.util.HashSet<>());
        return this;
    }

    public DescriptorBytes setting(int number, int alternate, String triple) {
        String[] parts = triple.split(":", -1);
        interfaces.getLast().add(number);
        return raw(
                9,
                4,
                number,
                alternate,
                0,
                Integer.parseInt(parts[0], 16),
                Integer.parseInt(parts[1], 16),
                Integer.parseInt(parts[2], 16),
                0);
    }

    public DescriptorBytes endpoint(int address, int attributes) {
        return raw(7, 5, address, attributes, 64, 0, 0);
    }

    public DescriptorBytes raw(int... bytes) {
        for (int one : bytes) {
            configurations.getLast().write(one);
        }
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(
                all,
                18,
                1,
                0,
                2,
                0,
                0,
                0,
                64,
                vendor & 0xff,
                vendor >> 8,
                product & 0xff,
                product >> 8,
                0,
                1,
                1,
                2,
                3,
                configurations.size());
        for (int i = 0; i < configurations.size(); i++) {
            byte[] content = configurations.get(i).toByteArray();
            int total = content.length + 9;
            write(all, 9, 2, total & 0xff, total >> 8, interfaces.get(i).size(), i + 1, 0, 0x80, 50);
            all.writeBytes(content);
        }
        return all.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, int... bytes) {
        for (int one : bytes) {
            to.write(one);
        }
    }

    /** A memory stick. */
    public static byte[] stick() {
        return device(0x0951, 0x1666, "08:06:50");
    }

    public static byte[] keyboard() {
        return device(0x046d, 0xc31c, "03:01:01", "03:00:00");
    }

    /** A stick that is a keyboard, too. */
    public static byte[] badUsb() {
        return device(0x16c0, 0x0486, "08:06:50", "03:01:01");
    }

    public static byte[] hub() {
        return device(0x05e3, 0x0608, "09:00:00");
    }

    /** As {@link MediaClass} of a device. */
    static Set<MediaClass> classes(byte[] descriptors) throws BrokenDescriptorsException {
        Set<MediaClass> classes = new TreeSet<>();
        UsbClasses.functions(UsbDescriptors.parse(descriptors), "")
                .forEach(function -> classes.addAll(function.classes()));
        return classes;
    }
}
