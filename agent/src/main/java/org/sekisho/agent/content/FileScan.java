package org.sekisho.agent.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sekisho.v1.Label;

/** Inspects files and streams from beginning to end in bounded memory. */
final class FileScan {
    /** Large enough for the cost of a system call not to show. */
    private static final int CHUNK = 256 * 1024;

    private final ContentInspector inspector;
    private final ScanProgress progress;

    FileScan(Fingerprinter fingerprinter, ScanProgress progress) {
        this.inspector = ContentInspector.of(fingerprinter);
        this.progress = progress;
    }

    /**
     * What a file holds.
     *
     * @throws DirectoryException if it is a directory
     * @throws IOException if it can't be opened or read
     */
    Result file(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException(e.getReason(), e);
        }
        if (Files.isDirectory(path)) {
            throw new DirectoryException();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(channel, channel.size(), Masker.mask(name));
        }
    }

    /** What a stream holds, to its end. */
    Result standardInput(InputStream stream) throws IOException {
        return read(Channels.newChannel(stream), 0, "-");
    }

    private Result read(ReadableByteChannel channel, long size, String shown) throws IOException {
        byte[] chunk = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(chunk);
        boolean open = fill(channel, buffer);
        boolean archive = isArchive(buffer);
        Inspection inspection = inspector.open(kind(chunk, buffer.position()));
        long done = 0;
        progress.begin(shown, size);
        while (true) {
            inspection.update(chunk, 0, buffer.position());
            done += buffer.position();
            progress.at(done);
            if (!open) {
                break;
            }
            buffer.clear();
            open = fill(channel, buffer);
        }
        progress.end();
        Arrays.fill(chunk, (byte) 0);
        return new Result(inspection.finish(), archive);
    }

    /** Reads until the buffer is full; false if the end was reached. */
    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Office documents and other archives on ZIP's ground: local file header, or the end record of an empty one. */
    private static boolean isArchive(ByteBuffer head) {
        return head.position() >= 4
                && head.get(0) == 'P'
                && head.get(1) == 'K'
                && ((head.get(2) == 3 && head.get(3) == 4) || (head.get(2) == 5 && head.get(3) == 6));
    }

    private static ContentKind kind(byte[] head, int size) {
        int length = Math.min(size, 1024); // an HTML document declares itself at once
        String start = new String(head, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (start.startsWith("{\\rtf")) {
            return ContentKind.RTF;
        }
        String ascii = start.replace("\0", "");
        return ascii.contains("<html") || ascii.contains("<!doctype html") ? ContentKind.HTML : ContentKind.PLAIN_BYTES;
    }

    /**
     * What was found.
     *
     * @param archive true: the bytes were looked at as they are, but what is packed in them was not
     */
    record Result(List<Label> labels, boolean archive) {}

    /** A directory was given where a file was wanted. */
    static final class DirectoryException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
