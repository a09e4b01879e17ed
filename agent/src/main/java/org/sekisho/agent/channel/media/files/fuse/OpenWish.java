package org.sekisho.agent.channel.media.files.fuse;

/** How a file is to be opened, from open(2)'s flags. */
public record OpenWish(boolean write, boolean truncate) {
    private static final int ACCESS_MODE = 3;
    private static final int TRUNCATE = 0x200;

    static OpenWish of(int flags) {
        boolean truncate = (flags & TRUNCATE) != 0;
        return new OpenWish((flags & ACCESS_MODE) != 0 || truncate, truncate);
    }
}
