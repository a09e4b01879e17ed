package org.sekisho.agent.channel.media.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;
import org.sekisho.agent.channel.media.files.fuse.Listing;

/** The directories of a medium that are being listed. Thread-safe. */
final class Listings {
    private final Volume volume;
    private final Map<Long, Snapshot> open = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** A directory as it was when listing began, so that removing entries meanwhile makes none be passed over. */
    private record Snapshot(Node directory, List<Volume.Named> entries) {}

    Listings(Volume volume) {
        this.volume = volume;
    }

    long open(Node directory) throws IOException, FuseException {
        long handle = last.incrementAndGet();
        open.put(handle, taken(directory));
        return handle;
    }

    private Snapshot taken(Node directory) throws IOException, FuseException {
        return new Snapshot(directory, volume.list(volume.path(directory.name())));
    }

    /** Lists on from an entry; from 0, the directory as it is now. */
    void list(long handle, long from, Listing into) throws IOException, FuseException {
        Snapshot listing = open.get(handle);
        if (listing == null) {
            throw new FuseException(Errno.EBADF);
        }
        if (from == 0) {
            listing = taken(listing.directory());
            open.put(handle, listing);
        }
        int first = (int) Math.min(from, Integer.MAX_VALUE);
        for (int i = first; i < listing.entries().size(); i++) {
            Volume.Named entry = listing.entries().get(i);
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            if (!into.add(entry.inode(), name, entry.directory(), i + 1L)) {
                return;
            }
        }
    }

    void close(long handle) {
        open.remove(handle);
    }
}
