package org.sekisho.agent.channel.media.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a volume is.
 *
 * @param path a block device's node, or a folder
 * @param folder it is one; nothing about it is guarded then
 * @param guarded nodes that nobody else may open
 */
record VolumeSource(String path, boolean folder, List<String> guarded) {
    VolumeSource {
        guarded = List.copyOf(guarded);
    }

    /** A block device by the kernel's name, with the disk that it is a part of. */
    static VolumeSource ofDevice(String name) throws IOException {
        List<String> nodes = new ArrayList<>(List.of("/dev/" + name));
        Path above = sys(name).toRealPath().getParent();
        if (above != null && Files.exists(above.resolve("partition").resolveSibling("dev"))) {
            nodes.add("/dev/" + above.getFileName());
        }
        return new VolumeSource("/dev/" + name, false, nodes);
    }

    /** Whether a block device is divided, so that its partitions are the volumes. */
    static boolean isDivided(String name) throws IOException {
        try (Stream<Path> parts = Files.list(sys(name))) {
            return parts.anyMatch(part -> Files.exists(part.resolve("partition")));
        }
    }

    private static Path sys(String name) {
        return Path.of("/sys/class/block", name);
    }
}
