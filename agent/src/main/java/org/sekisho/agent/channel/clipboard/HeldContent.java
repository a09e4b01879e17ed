package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.io.InputStream;
import org.sekisho.v1.ClipboardFormat;

/**
 * One format of a content, held by the helper. Whatever does not fit into little memory lies in a file that is sealed by a
 * key known only to this process, so that no clear content touches the disk. Thread-safe.
 */
public interface HeldContent extends AutoCloseable {

    /** The name of the format: an X11 target such as {@code UTF8_STRING}, or {@code CF_UNICODETEXT}. */
    String target();

    ClipboardFormat format();

    /** Size in bytes. */
    long size();

    /** The content from its start. Each call opens anew. */
    InputStream open() throws IOException;

    /** Wipes it. */
    @Override
    void close();
}
