package org.sekisho.control.terminal.link;

import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listening socket that closes at once whatever exceeds a number of open connections, before a byte of it is read:
 * also connections that never finish their handshake.
 */
final class BoundedServerChannel extends NioServerSocketChannel {
    private final AtomicInteger open = new AtomicInteger();
    private final int most;

    BoundedServerChannel(int most) {
        this.most = most;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int count = super.doReadMessages(accepted);
        if (count <= 0) {
            return count;
        }
        for (int at = accepted.size() - 1; at >= before; at--) {
            if (accepted.get(at) instanceof SocketChannel connection) {
                admit(connection, accepted, at);
            }
        }
        return accepted.size() - before;
    }

    private void admit(SocketChannel connection, List<Object> accepted, int at) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            accepted.remove(at);
            connection.unsafe().closeForcibly();
        } else {
            connection.closeFuture().addListener(closed -> open.decrementAndGet());
        }
    }
}
