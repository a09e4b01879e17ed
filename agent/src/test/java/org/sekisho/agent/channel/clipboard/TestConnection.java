package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sekisho.agent.local.LocalConnection;

/** One end of a connection over a Unix domain socket. */
public record TestConnection(SocketChannel channel, InputStream in, OutputStream out) implements LocalConnection {
    public TestConnection(SocketChannel channel) {
        this(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    /** A new connection: both of its ends. */
    public static TestConnection[] pair() throws IOException {
        Path directory = Files.createTempDirectory("pair");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(address);
            SocketChannel one = SocketChannel.open(address);
            return new TestConnection[] {new TestConnection(listening.accept()), new TestConnection(one)};
        } finally {
            Files.delete(address.getPath());
            Files.delete(directory);
        }
    }

    @Override
    public Peer peer() {
        return new Peer(ProcessHandle.current().pid(), "test", false);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
