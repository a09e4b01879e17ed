package org.sekisho.packaging.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** QEMU's machine protocol (QMP), one command after the other. Thread-safe. */
final class QemuMonitor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel socket;
    private final BufferedReader answers;

    private QemuMonitor(SocketChannel socket) {
        this.socket = socket;
        this.answers =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
    }

    static QemuMonitor at(Path socket) throws IOException {
        QemuMonitor monitor = new QemuMonitor(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        monitor.command("qmp_capabilities", Map.of());
        return monitor;
    }

    /**
     * Runs a command; what it returns.
     *
     * @throws IOException with QEMU's own words if it refuses
     */
    synchronized JsonNode command(String name, Map<String, ?> arguments) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(JSON.writeValueAsBytes(Map.of("execute", name, "arguments", arguments)));
        while (line.hasRemaining()) {
            socket.write(line);
        }
        for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            JsonNode node = JSON.readTree(answer);
            if (node.has("error")) {
                throw new IOException("QEMU refused " + name + " " + arguments + ": "
                        + node.get("error").get("desc").asText());
            }
            // The greeting and events stand between.
            if (node.has("return")) {
                return node.get("return");
            }
        }
        throw new IOException("QEMU ended before it answered " + name);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
