package org.sekisho.agent.channel.media.files.fuse;

import java.nio.ByteBuffer;

/**
 * A name that was found or made ({@code struct fuse_entry_out}).
 *
 * @param node by which the kernel asks for it from now on
 */
public record Entry(long node, Attributes attributes) {
    /** Nothing is kept by the kernel for longer than an answer: a file that is held back is gone at once. */
    void encode(ByteBuffer to) {
        long noGeneration = 0;
        to.putLong(node).putLong(noGeneration).putLong(0).putLong(0).putInt(0).putInt(0);
        attributes.encode(to);
    }
}
