package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.ServerProcess;

/** Ten thousand connections that never begin their handshake don't keep the server from serving. */
class HalfOpenConnectionsIT {
    private static final int CONNECTIONS = 10_000;

    @TempDir
    Path folder;

    @Test
    void tenThousandSilentConnectionsAreShedAndTerminalsStillServed() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(Distribution.fromSystemProperty(), folder, Map.of())) {
            InetSocketAddress grpc = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.portBase() + 1);
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel connection = SocketChannel.open(grpc);
                connection.configureBlocking(false);
                silent.add(connection);
            }
            assertThat(silent).hasSize(CONNECTIONS);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(OneStream.opens(server))
                            .as("a real terminal is welcomed meanwhile or after")
                            .isTrue());
            assertThat(server.rest().get("/api/v1/terminals").get("items")).isNotEmpty();
        } finally {
            for (SocketChannel connection : silent) {
                connection.close();
            }
        }
    }
}
