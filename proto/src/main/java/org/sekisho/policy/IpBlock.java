package org.sekisho.policy;

import org.jspecify.annotations.Nullable;

/** A CIDR block (RFC 4632); a bare address is the block of that one. Bits after the prefix are left out of account. */
record IpBlock(IpAddress base, int prefix) {
    /** Of {@code ::ffff:0:0/96}, which is IPv4 written as IPv6. */
    private static final int MAPPED_PREFIX = 96;

    /** Null when the text is no block. */
    static @Nullable IpBlock parse(String text) {
        int slash = text.indexOf('/');
        String addressText = slash < 0 ? text : text.substring(0, slash);
        IpAddress base = addressText.indexOf('%') >= 0 ? null : IpAddress.parse(addressText);
        if (base == null) {
            return null;
        }
        boolean mapped = base.v4() && addressText.indexOf(':') >= 0;
        int width = base.v4() ? 32 : 128;
        if (slash < 0) {
            return new IpBlock(base, width);
        }
        int prefix = IpAddress.number(text.substring(slash + 1), 10, 3) - (mapped ? MAPPED_PREFIX : 0);
        return prefix < 0 || prefix > width ? null : new IpBlock(base, prefix);
    }

    boolean contains(IpAddress address) {
        if (address.v4() != base.v4()) {
            return false;
        }
        if (base.v4()) {
            return prefix == 0 || (address.low() ^ base.low()) >>> (32 - prefix) == 0;
        }
        if (prefix == 0) {
            return true;
        }
        return prefix <= 64
                ? (address.high() ^ base.high()) >>> (64 - prefix) == 0
                : address.high() == base.high() && (address.low() ^ base.low()) >>> (128 - prefix) == 0;
    }

    boolean contains(IpBlock other) {
        return prefix <= other.prefix && contains(other.base);
    }

    boolean meets(IpBlock other) {
        return contains(other) || other.contains(this);
    }
}
