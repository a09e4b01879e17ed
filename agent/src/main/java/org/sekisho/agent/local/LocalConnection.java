package org.sekisho.agent.local;

import java.io.InputStream;
import java.io.OutputStream;

/** One open connection between two processes of this terminal. Reading and writing may go on in two threads. */
public interface LocalConnection extends AutoCloseable {

    /** The process at the other end, as the kernel vouches for it at the time of connecting. */
    Peer peer();

    InputStream in();

    OutputStream out();

    @Override
    void close();

    /**
     * A process of this terminal.
     *
     * @param pid its process id
     * @param user the account it runs under, as the OS names it
     * @param privileged true for root, or SYSTEM and administrators on Windows
     */
    record Peer(long pid, String user, boolean privileged) {}
}
