package org.sekisho.agent.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sekisho.agent.os.linux.LocalSockets;

/** Lays a path out as the kernel wants it: {@code struct sockaddr_un}, unix(7). Pure. */
final class UnixAddress {
    /** {@code sun_path} has 108 bytes, the last a zero. */
    private static final int MAX_PATH_BYTES = 107;

    private UnixAddress() {}

    /**
     * The address of a path.
     *
     * @throws IllegalArgumentException if the path is longer than the kernel takes
     */
    static byte[] of(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException(
                    "a socket's path has 1 to %d bytes, but %s has %d; choose a shorter sekisho.runtime-dir"
                            .formatted(MAX_PATH_BYTES, path, bytes.length));
        }
        return ByteBuffer.allocate(Short.BYTES + bytes.length + 1)
                .order(ByteOrder.nativeOrder())
                .putShort((short) LocalSockets.AF_UNIX)
                .put(bytes)
                .array();
    }
}
