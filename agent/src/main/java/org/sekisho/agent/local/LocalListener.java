package org.sekisho.agent.local;

import java.io.IOException;

/** The service's end of the local socket or pipe. At most 64 connections are open at once; more are refused. */
public interface LocalListener extends AutoCloseable {

    /**
     * Waits for the next peer.
     *
     * @throws java.nio.channels.ClosedChannelException once {@link #close} was called
     * @throws IOException if the OS fails; the message names the socket or pipe and the OS's error
     */
    LocalConnection accept() throws IOException;

    /** Where clients connect: a path, or a pipe's name. */
    String address();

    @Override
    void close();
}
