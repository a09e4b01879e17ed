package org.sekisho.agent.desktop;

import java.io.IOException;
import org.sekisho.agent.local.LocalConnection;

/** How a helper reaches the service of its terminal. */
@FunctionalInterface
interface ServiceDialer {

    /**
     * Connects to {@code address}, as {@code LocalListener.address} named it.
     *
     * @throws IOException if nobody listens there; names the address
     */
    LocalConnection dial(String address) throws IOException;
}
