package org.sekisho.policy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a connection may go: a block of addresses, or names. */
sealed interface Destination {
    boolean covers(Destination other);

    boolean excludes(Destination other);

    record Block(IpBlock block) implements Destination {
        @Override
        public boolean covers(Destination other) {
            return other instanceof Block that && block.contains(that.block);
        }

        @Override
        public boolean excludes(Destination other) {
            // A name may stand for any address.
            return other instanceof Block that && !block.meets(that.block);
        }
    }

    record Host(Glob name) implements Destination {
        @Override
        public boolean covers(Destination other) {
            return other instanceof Host that && name.covers(that.name);
        }

        @Override
        public boolean excludes(Destination other) {
            return other instanceof Host that && name.excludes(that.name);
        }
    }

    /** Letters, digits, hyphens and underscores between dots, with wildcards; at most 253 characters (RFC 1035). */
    Pattern HOST = Pattern.compile("(?=.{1,253}$)[a-z0-9*?_-]+(\\.[a-z0-9*?_-]+)*");

    /** What could only be meant as an address. */
    Pattern NUMBERS = Pattern.compile("[0-9.]+");

    /** Null when the text is neither. */
    static @Nullable Destination parse(String text) {
        IpBlock block = IpBlock.parse(text);
        if (block != null) {
            return new Block(block);
        }
        String name = hostForm(text);
        boolean host = HOST.matcher(name).matches() && !NUMBERS.matcher(name).matches();
        return host ? new Host(Glob.ofText(name)) : null;
    }

    /** Host names have no case (RFC 4343), and the dot of the root may be written or not. */
    static String hostForm(String host) {
        String folded = CaseFold.fold(host);
        return folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
    }
}
