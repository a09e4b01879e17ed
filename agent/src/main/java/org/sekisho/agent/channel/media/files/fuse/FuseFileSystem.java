package org.sekisho.agent.channel.media.files.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What the kernel asks of a file system. Called by several threads; an {@link IOException} becomes the error number that it
 * stands for. Nodes are numbers that {@link Entry#node} gave out, 1 is the root; handles are what opening gave out.
 */
public interface FuseFileSystem {
    /** Finds a name in a directory; the kernel holds the node once more from then on. */
    Entry lookup(long directory, String name) throws IOException, FuseException;

    /** The kernel holds a node so many times less. */
    void forget(long node, long times);

    Attributes attributes(long node) throws IOException, FuseException;

    /** Changes a file's size; {@code handle} is 0 if it is not open. */
    void resize(long node, long handle, long size, Caller caller) throws IOException, FuseException;

    void touch(long node, Instant modified) throws IOException, FuseException;

    Entry makeDirectory(long directory, String name, Caller caller) throws IOException, FuseException;

    void unlink(long directory, String name, Caller caller) throws IOException, FuseException;

    void removeDirectory(long directory, String name, Caller caller) throws IOException, FuseException;

    /**
     * Renames.
     *
     * @param replace what has the new name may be replaced
     */
    void rename(long from, String oldName, long to, String newName, boolean replace, Caller caller)
            throws IOException, FuseException;

    /** Opens a file; returns a handle. */
    long open(long node, OpenWish wish, Caller caller) throws IOException, FuseException;

    /** Makes a file and opens it for writing, or opens the one that is there. */
    Created create(long directory, String name, OpenWish wish, Caller caller) throws IOException, FuseException;

    /** Reads into {@code to}, as much as there is room for or as the file has. */
    void read(long handle, long position, ByteBuffer to) throws IOException, FuseException;

    /** Writes all of {@code from}. */
    void write(long handle, long position, ByteBuffer from) throws IOException, FuseException;

    /** A descriptor of the handle was closed; who closes it is told if this fails. May take long. */
    void flush(long handle, Caller caller) throws IOException, FuseException;

    /** What was written is to be durable on return. May take long. */
    void sync(long handle, Caller caller) throws IOException, FuseException;

    /** The last descriptor of the handle is closed; nobody is told if this fails. May take long. */
    void release(long handle) throws IOException, FuseException;

    /** Opens a directory; returns a handle. */
    long openDirectory(long directory) throws IOException, FuseException;

    /** Lists an opened directory from {@code from} on, 0 at its beginning. */
    void list(long handle, long from, Listing into) throws IOException, FuseException;

    void releaseDirectory(long handle);

    Space space() throws IOException, FuseException;

    /**
     * A file that was made and opened.
     *
     * @param handle of the opened file
     */
    record Created(Entry entry, long handle) {}
}
