package org.sekisho.agent.channel.media.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sekisho.agent.channel.media.Uevent;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.LocalSockets;
import org.sekisho.agent.os.linux.Netlink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's own announcements of devices (netlink(7), {@code NETLINK_KOBJECT_UEVENT}). What another process sends to the
 * same group is ignored; where the kernel had to drop announcements, that counts as one. Thread-safe.
 */
final class UeventSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UeventSource.class);
    private static final Set<String> MEDIA =
            Set.of("usb", "block", "mmc", "scsi", "pci", "thunderbolt", "bluetooth", "rfkill");
    /** The kernel's multicast group; udev's own is 2. */
    private static final int KERNEL_GROUP = 1;
    /** Some two thousand announcements: a hub of seven devices makes about a hundred. */
    private static final int RECEIVE_BYTES = 2 << 20;

    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int ADDRESS_INTS = 3;

    private final int socket;
    private final int wake;
    private final Consumer<Uevent> heard;
    private final Runnable changed;
    private final Thread thread;

    // As the guard's loop, which waits for it.
    @SuppressWarnings("ThreadPriorityCheck")
    private UeventSource(int socket, int wake, Consumer<Uevent> heard, Runnable changed) {
        this.socket = socket;
        this.wake = wake;
        this.heard = heard;
        this.changed = changed;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("uevents")
                .priority(Thread.MAX_PRIORITY)
                .unstarted(this::read);
    }

    /**
     * Begins to listen: what is announced after this returns is heard.
     *
     * @param heard told of each announcement that may concern removable devices, on a thread of the source's own
     * @param changed called after that, and where announcements were lost
     * @throws IOException if the kernel does not tell; has the error's number
     */
    static UeventSource open(Consumer<Uevent> heard, Runnable changed) throws IOException {
        int socket = -1;
        int wake = -1;
        try {
            socket = LocalSockets.socket(
                    Netlink.AF_NETLINK, Netlink.SOCK_RAW | LocalSockets.SOCK_CLOEXEC, Netlink.NETLINK_KOBJECT_UEVENT);
            room(socket);
            byte[] address = ByteBuffer.allocate(ADDRESS_INTS * Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) Netlink.AF_NETLINK)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(KERNEL_GROUP)
                    .array();
            LocalSockets.bind(socket, address, address.length);
            wake = Libc.eventfd(0, LocalSockets.SOCK_CLOEXEC);
            UeventSource source = new UeventSource(socket, wake, heard, changed);
            source.thread.start();
            return source;
        } catch (LastErrorException e) {
            if (socket >= 0) {
                LocalSockets.close(socket);
            }
            throw new IOException("the kernel's device events can't be listened to: errno " + e.getErrorCode(), e);
        }
    }

    private static void room(int socket) {
        try {
            Netlink.setsockopt(
                    socket, LocalSockets.SOL_SOCKET, Netlink.SO_RCVBUFFORCE, new int[] {RECEIVE_BYTES}, Integer.BYTES);
        } catch (LastErrorException e) {
            // What does not fit then counts as a change, too.
            LOG.info("the room for device events stays the kernel's own: errno {}", e.getErrorCode());
        }
    }

    private void read() {
        byte[] buffer = new byte[Uevent.MOST_BYTES];
        try (Memory polled = new Memory(2L * POLLFD_BYTES)) {
            while (awaited(polled)) {
                if (news(buffer)) {
                    changed.run();
                }
            }
        } catch (LastErrorException e) {
            LOG.error("the kernel's device events are not heard any more: errno {}", e.getErrorCode());
        } finally {
            LocalSockets.close(socket);
            LocalSockets.close(wake);
        }
    }

    /** False when the source was closed. */
    private boolean awaited(Memory polled) {
        polled.setInt(0, socket);
        polled.setInt(4, POLLIN);
        polled.setInt(POLLFD_BYTES, wake);
        polled.setInt(POLLFD_BYTES + 4, POLLIN);
        try {
            Libc.poll(polled, 2, -1);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != LocalSockets.EINTR) {
                throw e;
            }
            return true;
        }
        return polled.getShort(POLLFD_BYTES + 6) == 0;
    }

    private boolean news(byte[] buffer) {
        int[] sender = new int[ADDRESS_INTS];
        try {
            long length = Netlink.recvfrom(
                    socket, buffer, buffer.length, Netlink.MSG_DONTWAIT, sender, new int[] {ADDRESS_INTS * Integer.BYTES
                    });
            // The kernel alone has port 0; any process with the capability may send to the group.
            Optional<Uevent> event = sender[1] == 0
                    ? Uevent.parse(buffer, (int) length).filter(one -> MEDIA.contains(one.subsystem()))
                    : Optional.empty();
            event.ifPresent(heard);
            return event.isPresent();
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Netlink.ENOBUFS) {
                LOG.warn("device events came faster than they were read; looking at everything anew");
                return true;
            }
            if (e.getErrorCode() == LocalSockets.EINTR || e.getErrorCode() == LocalSockets.EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(1)
                .array();
        try {
            Libc.write(wake, one, one.length);
        } catch (LastErrorException e) {
            LOG.debug("the listening to device events had ended already: errno {}", e.getErrorCode());
        }
    }
}
