package org.sekisho.agent.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sekisho.agent.content.extract.ContentSource;
import org.sekisho.agent.content.extract.Extraction;
import org.sekisho.agent.content.extract.FileInspector;
import org.sekisho.agent.content.extract.StreamSource;

/** Inspects files and streams from beginning to end in bounded memory. */
final class FileScan {
    private final FileInspector inspector;
    private final ScanProgress progress;

    FileScan(Fingerprinter fingerprinter, Extraction extraction, ScanProgress progress) {
        this.inspector = new FileInspector(fingerprinter, extraction);
        this.progress = progress;
    }

    /**
     * What a file holds.
     *
     * @throws DirectoryException if it is a directory
     * @throws IOException if it can't be opened or read
     */
    FileInspector.Result file(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException(e.getReason(), e);
        }
        if (Files.isDirectory(path)) {
            throw new DirectoryException();
        }
        if (!Files.isRegularFile(path) && Files.exists(path)) {
            // A pipe or device: it can be read but once.
            try (InputStream stream = Files.newInputStream(path)) {
                return stream(stream, Masker.mask(name));
            }
        }
        return regular(path, Masker.mask(name));
    }

    /** What a stream holds, to its end. */
    FileInspector.Result standardInput(InputStream stream) throws IOException {
        return stream(stream, "-");
    }

    private FileInspector.Result stream(InputStream stream, String shown) throws IOException {
        progress.begin(shown, 0);
        FileInspector.Result result = inspector.inspect(new StreamSource(stream), progress::at);
        progress.end();
        return result;
    }

    private FileInspector.Result regular(Path path, String shown) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            progress.begin(shown, channel.size());
            FileInspector.Result result = inspector.inspect(new Opened(channel, channel.size()), progress::at);
            progress.end();
            return result;
        }
    }

    private record Opened(FileChannel channel, long size) implements ContentSource {
        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(into, offset, length), position);
        }
    }

    /** A directory was given where a file was wanted. */
    static final class DirectoryException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
