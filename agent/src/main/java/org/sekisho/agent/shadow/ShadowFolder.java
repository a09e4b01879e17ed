package org.sekisho.agent.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.shadow.ShadowFormat;

/**
 * The folder where shadow copies lie from their order until the server has them, over restarts too. Of each there is one file:
 * {@code ID.part} from the order on, then {@code ID}, or {@code ID.failed} with the reason. Processes of the agent share it:
 * the service orders, another process writes. Thread-safe.
 */
public final class ShadowFolder {
    /** What may wait for the server, in bytes, on a disk with room enough. */
    public static final long MOST_BYTES = 1L << 30;

    /** More than a server that is away for a week leaves; each needs a file. */
    static final int MOST_COPIES = 1_000;

    private static final int MOST_REASON = 500;
    private static final String PART = ".part";
    private static final String FAILED = ".failed";

    private final Path folder;
    private final long mostBytes;
    private volatile Runnable waiting = () -> {};

    /**
     * What waits for the server.
     *
     * @param failure why there is no copy; empty: there is one at {@code file}
     */
    public record Waiting(String id, Path file, String failure) {}

    /** What a copy is made of. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A folder that only this account may enter; made if it is not there. */
    public ShadowFolder(Path folder) throws IOException {
        this(folder, MOST_BYTES);
    }

    ShadowFolder(Path folder, long mostBytes) throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        this.mostBytes = mostBytes;
        Files.createDirectories(folder);
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** Has {@code then} run whenever something more waits for the server; on any thread, and it must not take long. */
    public void onWaiting(Runnable then) {
        waiting = requireNonNull(then, "then is null");
    }

    /**
     * A copy is ordered: its file is there from now on, so that an order is never forgotten, and takes its room, so that orders
     * that are carried out at once don't take the same.
     *
     * @param bytes of the content
     * @return for how much there is room, in bytes; for less than {@code bytes}, none is taken
     * @throws IOException if there is no room for another
     */
    public synchronized long order(String id, long bytes) throws IOException {
        long used = 0;
        int copies = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                copies++;
                used += Files.size(file);
            }
        }
        if (copies >= MOST_COPIES) {
            throw new IOException(copies + " shadow copies wait for the server already");
        }
        // Half of what is free: the terminal has other work to do on its disk.
        long room = Math.min(mostBytes - used, Files.getFileStore(folder).getUsableSpace() / 2);
        try (RandomAccessFile part =
                new RandomAccessFile(Files.createFile(file(id, PART)).toFile(), "rw")) {
            // A hole, which what is written replaces.
            part.setLength(bytes <= room ? bytes : 0);
        }
        return Math.max(0, room);
    }

    /**
     * Writes an ordered copy; on return it is whole and on disk, and waits for the server.
     *
     * @throws IOException if it was not ordered, or can't be kept
     */
    public void write(String id, Content content) throws IOException {
        try (FileChannel part = FileChannel.open(file(id, PART), StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(part));
            content.writeTo(out);
            out.flush();
            part.truncate(part.position());
            part.force(true);
        }
        Files.move(file(id, PART), file(id, ""), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** There will be no copy; the server is told why. */
    public void fail(String id, String reason) throws IOException {
        Path part = file(id, PART);
        String shown = reason.substring(0, Math.min(reason.length(), MOST_REASON));
        Files.write(part, shown.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(part, file(id, FAILED), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(file(id, ""));
        sync();
    }

    /** Fails what is still being written; for a time when nobody writes. */
    public void failUnfinished(String reason) throws IOException {
        for (Path part : files("*" + PART)) {
            fail(id(part), reason);
        }
    }

    /** Fails one if it is still being written. */
    public void failUnfinished(String id, String reason) throws IOException {
        if (Files.exists(file(id, PART))) {
            fail(id, reason);
        }
    }

    /** Something was {@link #write written} or {@link #fail failed}, by whatever process: who sends it is told. */
    public void tell() {
        waiting.run();
    }

    /** What waits for the server, if anything does. */
    public Optional<Waiting> next() throws IOException {
        for (Path file : files("*")) {
            String name = file.getFileName().toString();
            if (name.endsWith(FAILED)) {
                return Optional.of(new Waiting(id(file), file, Files.readString(file)));
            }
            if (ShadowFormat.isId(name)) {
                return Optional.of(new Waiting(name, file, ""));
            }
        }
        return Optional.empty();
    }

    /** The server has it. */
    public void remove(String id) throws IOException {
        Files.deleteIfExists(file(id, ""));
        Files.deleteIfExists(file(id, FAILED));
    }

    private List<Path> files(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        }
        return found;
    }

    private Path file(String id, String suffix) {
        if (!ShadowFormat.isId(id)) {
            throw new IllegalArgumentException("no id of a shadow copy");
        }
        return folder.resolve(id + suffix);
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** A name that was given to a file is on disk only when the folder is; Windows has no such thing. */
    private void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (AccessDeniedException e) {
            // A folder can't be opened there.
        } catch (NoSuchFileException e) {
            throw new IOException("the folder of shadow copies is gone: " + folder, e);
        }
    }
}
