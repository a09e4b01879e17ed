package org.sekisho.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.os.linux.LocalSockets;

/** Against a real datagram socket in systemd's place. */
@EnabledOnOs(OS.LINUX)
class SystemdNotifierTest {

    @Test
    void tellsOverASocketWithAPath(@TempDir Path folder) {
        assertTells(folder.resolve("notify").toString());
    }

    @Test
    void tellsOverAnAbstractSocket() {
        assertTells("@sekisho-test-" + UUID.randomUUID());
    }

    @Test
    void withoutSystemdNothingIsToldAndNothingFails() {
        try (ServiceNotifier notifier = SystemdNotifier.of(Map.of())) {
            notifier.ready();
            assertThat(notifier.watchdog()).isEmpty();
        }
        try (ServiceNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "/nowhere/at/all"))) {
            notifier.alive();
            assertThat(notifier.watchdog()).isEmpty();
        }
    }

    private static void assertTells(String path) {
        int systemd = LocalSockets.socket(LocalSockets.AF_UNIX, LocalSockets.SOCK_DGRAM, 0);
        byte[] address = address(path);
        LocalSockets.bind(systemd, address, address.length);
        try (ServiceNotifier notifier =
                SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "30000000"))) {
            assertThat(notifier.watchdog()).contains(Duration.ofSeconds(15));
            notifier.ready();
            assertThat(next(systemd)).isEqualTo("READY=1");
            notifier.status("端末\n1");
            assertThat(next(systemd)).isEqualTo("STATUS=端末 1");
            notifier.alive();
            assertThat(next(systemd)).isEqualTo("WATCHDOG=1");
            notifier.stopping();
            assertThat(next(systemd)).isEqualTo("STOPPING=1");
        } finally {
            LocalSockets.close(systemd);
        }
    }

    private static String next(int descriptor) {
        byte[] buffer = new byte[256];
        int got = (int) LocalSockets.recv(descriptor, buffer, buffer.length, 0);
        return new String(buffer, 0, got, StandardCharsets.UTF_8);
    }

    private static byte[] address(String path) {
        boolean named = path.startsWith("@");
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (named) {
            bytes[0] = 0;
        }
        return ByteBuffer.allocate(2 + bytes.length + (named ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) LocalSockets.AF_UNIX)
                .put(bytes)
                .array();
    }
}
