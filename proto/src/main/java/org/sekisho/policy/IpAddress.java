package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, read from its text without asking anybody. An IPv4 address that is written as IPv6
 * ({@code ::ffff:192.0.2.1}, RFC 4291 2.5.5.2) is the IPv4 address, so that it cannot pass by a rule for that.
 *
 * @param high first 64 bits; 0 in IPv4
 * @param low last 64 bits; the 32 bits of IPv4
 */
record IpAddress(boolean v4, long high, long low) {
    private static final int V4_OCTETS = 4;
    private static final int V6_GROUPS = 8;

    /** Null when the text is no address. A zone ({@code fe80::1%eth0}) is left out of account. */
    static @Nullable IpAddress parse(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (address.indexOf(':') < 0) {
            long bits = zone < 0 ? v4Bits(address) : -1;
            return bits < 0 ? null : new IpAddress(true, 0, bits);
        }
        return v6(address);
    }

    /** Negative when the text is no IPv4 address. */
    private static long v4Bits(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != V4_OCTETS) {
            return -1;
        }
        long bits = 0;
        for (String octet : octets) {
            int value = number(octet, 10, 3);
            // A leading zero means octal to some programs.
            if (value < 0 || value > 0xFF || (octet.length() > 1 && octet.charAt(0) == '0')) {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return bits;
    }

    private static @Nullable IpAddress v6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int missing = V6_GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        List<Integer> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail);
        long high = 0;
        long low = 0;
        for (int i = 0; i < V6_GROUPS / 2; i++) {
            high = high << 16 | all.get(i);
            low = low << 16 | all.get(i + V6_GROUPS / 2);
        }
        return high == 0 && low >>> 32 == 0xFFFF
                ? new IpAddress(true, 0, low & 0xFFFF_FFFFL)
                : new IpAddress(false, high, low);
    }

    /** Null when the text is no row of groups. */
    private static @Nullable List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        if (parts.length > V6_GROUPS) {
            return null;
        }
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                long v4 = v4Bits(parts[i]);
                if (v4 < 0) {
                    return null;
                }
                groups.add((int) (v4 >>> 16));
                groups.add((int) (v4 & 0xFFFF));
            } else {
                int value = number(parts[i], 16, 4);
                if (value < 0) {
                    return null;
                }
                groups.add(value);
            }
        }
        return groups;
    }

    /** Negative when the text is no such number. */
    static int number(String text, int radix, int mostDigits) {
        if (text.isEmpty() || text.length() > mostDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
