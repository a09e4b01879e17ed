package org.sekisho.agent.channel.media.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sekisho.agent.channel.media.DeviceBus.Volume;
import org.sekisho.agent.channel.media.StorageSignature;
import org.sekisho.agent.os.linux.BlockDevices;
import org.sekisho.agent.os.linux.LocalSockets;
import org.sekisho.v1.Encryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Block devices below {@code /sys/class/block}, and their nodes below {@code /dev}. Thread-safe. */
final class BlockTree {
    private static final Logger LOG = LoggerFactory.getLogger(BlockTree.class);

    private final Path blocks;
    private final Path nodes;

    /**
     * The block devices of this machine.
     *
     * @param sysfs {@code /sys}
     * @param nodes {@code /dev}
     */
    BlockTree(Path sysfs, Path nodes) {
        this.blocks = sysfs.resolve("class/block");
        this.nodes = nodes;
    }

    /** Those whose place in sysfs {@code isOn} says to be on a device; disks first, then partitions by name. */
    List<Volume> volumes(Predicate<Path> isOn) throws IOException {
        List<Volume> volumes = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(blocks)) {
            for (Path link : all) {
                volume(link, isOn).ifPresent(volumes::add);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("there are no block devices: {}", e.getMessage());
        }
        volumes.sort(Comparator.comparing(Volume::partition).thenComparing(Volume::name));
        return volumes;
    }

    private static Optional<Volume> volume(Path link, Predicate<Path> isOn) throws IOException {
        try {
            Path directory = link.toRealPath();
            if (!isOn.test(directory)) {
                return Optional.empty();
            }
            String name = directory.getFileName().toString();
            return Optional.of(new Volume(
                    name,
                    SysfsFile.inode(directory),
                    Files.exists(directory.resolve("partition")),
                    name.startsWith("sr"),
                    SysfsFile.read(directory.resolve("ro")).equals("1"),
                    sectors(directory)));
        } catch (NoSuchFileException gone) {
            LOG.debug("{} has gone meanwhile", link);
            return Optional.empty();
        }
    }

    private static long sectors(Path directory) throws IOException {
        String size = SysfsFile.read(directory.resolve("size"));
        try {
            return size.isEmpty() ? 0 : Long.parseLong(size);
        } catch (NumberFormatException e) {
            throw new IOException(directory + "/size is no number: " + size, e);
        }
    }

    void setReadOnly(Volume volume, boolean readOnly) throws IOException {
        int wanted = readOnly ? 1 : 0;
        int descriptor = -1;
        try {
            descriptor = BlockDevices.open(
                    node(volume).toString(), BlockDevices.O_RDONLY | BlockDevices.O_NONBLOCK | BlockDevices.O_CLOEXEC);
            BlockDevices.ioctl(descriptor, BlockDevices.BLKROSET, new int[] {wanted});
            int[] now = new int[1];
            BlockDevices.ioctl(descriptor, BlockDevices.BLKROGET, now);
            if ((now[0] != 0) != readOnly) {
                throw new IOException("%s is %s after BLKROSET %d"
                        .formatted(volume.name(), now[0] == 0 ? "writable" : "read-only", wanted));
            }
        } catch (LastErrorException e) {
            throw new IOException(
                    "%s can't be set %s: errno %d"
                            .formatted(volume.name(), readOnly ? "read-only" : "writable", e.getErrorCode()),
                    e);
        } finally {
            if (descriptor >= 0) {
                LocalSockets.close(descriptor);
            }
        }
    }

    Optional<Encryption> encryption(List<Volume> volumes) throws IOException {
        List<Volume> filled =
                volumes.stream().filter(volume -> volume.sectors() > 0).toList();
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        boolean anyDisk = false;
        boolean allParts = filled.stream().anyMatch(Volume::partition);
        for (Volume volume : filled) {
            boolean encrypted = StorageSignature.isEncrypted(head(volume));
            anyDisk |= !volume.partition() && encrypted;
            allParts &= !volume.partition() || encrypted;
        }
        return Optional.of(anyDisk || allParts ? Encryption.ENCRYPTED : Encryption.NOT_ENCRYPTED);
    }

    private byte[] head(Volume volume) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(StorageSignature.BYTES);
        try (FileChannel channel = FileChannel.open(node(volume), StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // A block device gives what is asked for; a file of a test may give less.
            }
        }
        return head.array();
    }

    /** Sysfs has an exclamation mark where a node's name has a slash. */
    private Path node(Volume volume) {
        return nodes.resolve(volume.name().replace('!', '/'));
    }
}
