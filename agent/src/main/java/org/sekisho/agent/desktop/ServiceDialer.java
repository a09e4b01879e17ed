package org.sekisho.agent.desktop;

import com.sun.jna.Platform;
import java.io.IOException;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.agent.local.WindowsPipe;

/** How a helper reaches the service of its terminal. */
@FunctionalInterface
interface ServiceDialer {

    /**
     * Connects to {@code address}, as {@code LocalListener.address} named it.
     *
     * @throws IOException if nobody listens there; names the address
     */
    LocalConnection dial(String address) throws IOException;

    /** A named pipe on Windows, a Unix domain socket elsewhere. */
    static ServiceDialer ofThisPlatform() {
        return Platform.isWindows() ? WindowsPipe::connect : new UnixSocketDialer();
    }
}
