package org.sekisho.agent.service;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sekisho.agent.os.linux.LocalSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol of sd_notify(3): datagrams to the socket that systemd names in {@code NOTIFY_SOCKET}. */
public final class SystemdNotifier implements ServiceNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    private final int descriptor;
    private final Optional<Duration> watchdog;

    private SystemdNotifier(int descriptor, Optional<Duration> watchdog) {
        this.descriptor = descriptor;
        this.watchdog = watchdog;
    }

    /** The notifier that the environment asks for; {@link ServiceNotifier#none} if systemd did not start this process. */
    public static ServiceNotifier of(Map<String, String> environment) {
        String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (path.isEmpty()) {
            return ServiceNotifier.none();
        }
        try {
            int descriptor =
                    LocalSockets.socket(LocalSockets.AF_UNIX, LocalSockets.SOCK_DGRAM | LocalSockets.SOCK_CLOEXEC, 0);
            byte[] address = address(path);
            LocalSockets.connect(descriptor, address, address.length);
            return new SystemdNotifier(descriptor, watchdog(environment.getOrDefault("WATCHDOG_USEC", "")));
        } catch (LastErrorException e) {
            LOG.error("systemd's socket {} can't be reached: {}", path, e.getMessage());
            return ServiceNotifier.none();
        }
    }

    @Override
    public void ready() {
        send("READY=1");
    }

    @Override
    public void status(String text) {
        send("STATUS=" + text.replace('\n', ' '));
    }

    @Override
    public void alive() {
        send("WATCHDOG=1");
    }

    @Override
    public void stopping() {
        send("STOPPING=1");
    }

    @Override
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    @Override
    public synchronized void close() {
        LocalSockets.close(descriptor);
    }

    private synchronized void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            LocalSockets.send(descriptor, bytes, bytes.length, LocalSockets.MSG_NOSIGNAL);
        } catch (LastErrorException e) {
            LOG.warn("systemd can't be told {}: {}", text, e.getMessage());
        }
    }

    /** A name that begins with {@code @} is in the abstract namespace: a zero byte and no terminator (unix(7)). */
    private static byte[] address(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        boolean named = bytes[0] == '@';
        if (named) {
            bytes[0] = 0;
        }
        return ByteBuffer.allocate(Short.BYTES + bytes.length + (named ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) LocalSockets.AF_UNIX)
                .put(bytes)
                .array();
    }

    /** Twice as often as systemd asks for, as sd_watchdog_enabled(3) advises. */
    private static Optional<Duration> watchdog(String micros) {
        try {
            return micros.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000 / 2));
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC is no number: {}", micros);
            return Optional.empty();
        }
    }
}
