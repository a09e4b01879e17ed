package org.sekisho.agent.content.extract;

import java.io.IOException;

/** A content that can be read from anywhere. For one thread at a time. */
public interface ContentSource {
    /** Bytes. */
    long size();

    /**
     * Reads some bytes.
     *
     * @return how many, at least 1; -1 at the end
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;
}
