package org.sekisho.agent.channel.media.linux;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears when a program writes an attribute of sysfs: inotify(7) sees that, though it doesn't see what the kernel changes by
 * itself, which comes as a uevent. Thread-safe.
 */
final class AttributeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttributeWatch.class);

    private final WatchService service;
    /** A directory of sysfs that is gone tells nobody, so that its watch has to be given up from here. */
    private final Map<Path, Watched> watched = new HashMap<>();

    private record Watched(String inode, WatchKey key) {}

    private AttributeWatch(WatchService service) {
        this.service = service;
    }

    /**
     * Hears nothing yet.
     *
     * @param changed called after writes, on a thread of the watch's own; many may give one call
     */
    static AttributeWatch open(Runnable changed) throws IOException {
        requireNonNull(changed, "changed is null");
        AttributeWatch watch = new AttributeWatch(FileSystems.getDefault().newWatchService());
        Thread.ofPlatform().daemon().name("sysfs").start(() -> watch.listen(changed));
        return watch;
    }

    private void listen(Runnable changed) {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                changed.run();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("nobody listens for writes to sysfs any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on these directories, and no others, are watched; one that is gone is passed over. */
    synchronized void only(Collection<Path> directories) throws IOException {
        for (Path gone : Set.copyOf(watched.keySet())) {
            if (!directories.contains(gone)) {
                giveUp(gone);
            }
        }
        for (Path directory : directories) {
            try {
                watch(directory);
            } catch (NoSuchFileException | NotDirectoryException e) {
                LOG.debug("{} is gone", directory);
            }
        }
    }

    private void watch(Path directory) throws IOException {
        String inode = SysfsFile.inode(directory);
        Watched before = watched.get(directory);
        if (before != null && before.inode().equals(inode)) {
            return;
        }
        giveUp(directory);
        WatchKey key = directory.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
        watched.put(directory, new Watched(inode, key));
    }

    private void giveUp(Path directory) {
        Watched before = watched.remove(directory);
        if (before != null) {
            before.key().cancel();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
