package org.sekisho.agent.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.sekisho.agent.local.LocalConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects over a Unix domain socket. Who listens there is vouched for by its directory, where only root may write. */
final class UnixSocketDialer implements ServiceDialer {
    private static final Logger LOG = LoggerFactory.getLogger(UnixSocketDialer.class);

    @Override
    public LocalConnection dial(String address) throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(address));
        } catch (IOException e) {
            throw new IOException("The service can't be reached at " + address + ": " + e.getMessage(), e);
        }
        return new Connected(channel);
    }

    private record Connected(SocketChannel channel, InputStream in, OutputStream out) implements LocalConnection {
        Connected(SocketChannel channel) {
            this(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }

        @Override
        public Peer peer() {
            return new Peer(0, "", false);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("Closing the connection to the service failed: {}", e.toString());
            }
        }
    }
}
