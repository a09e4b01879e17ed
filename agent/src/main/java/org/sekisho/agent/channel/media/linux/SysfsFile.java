package org.sekisho.agent.channel.media.linux;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Attributes of sysfs: small texts, each read and written whole. */
final class SysfsFile {
    /** An attribute is at most a page. */
    private static final int PAGE = 4_096;
    /** USB strings have at most 126 characters. */
    private static final int STRING = 256;

    private SysfsFile() {}

    /** Its text without the line's end; empty where there is no such attribute. */
    static String read(Path file) throws IOException {
        try {
            return new String(bytes(file, PAGE), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /**
     * All of it, up to a bound. By a stream: a device that was plugged in waits for this, and as long as it is not compiled, as
     * what runs seldom is not, a channel takes three times as long.
     *
     * @throws NoSuchFileException if there is no such attribute
     */
    static byte[] bytes(Path file, int most) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            byte[] read = new byte[Math.min(PAGE, most)];
            int length = 0;
            for (int more = in.read(read); more > 0; more = in.read(read, length, read.length - length)) {
                length += more;
                if (length == most) {
                    break;
                }
                if (length == read.length) {
                    read = Arrays.copyOf(read, Math.min(2 * length, most));
                }
            }
            return Arrays.copyOf(read, length);
        } catch (FileNotFoundException e) {
            // Also where it may not be read.
            if (Files.exists(file)) {
                throw e;
            }
            throw (IOException) new NoSuchFileException(file.toString()).initCause(e);
        }
    }

    /** As it stands now, however often it has been read. Fails once its device is gone. */
    static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PAGE);
        int length = channel.read(buffer, 0);
        return length <= 0 ? "" : new String(buffer.array(), 0, length, StandardCharsets.UTF_8).strip();
    }

    static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(channel, text);
        }
    }

    static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        if (channel.write(buffer, 0) != text.length()) {
            throw new IOException("a sysfs attribute took only a part of what was written");
        }
    }

    /**
     * Sets an attribute, and reads it back; true if it was not so already.
     *
     * @throws NoSuchFileException if there is none of this name any more
     */
    static boolean set(Path attribute, String wanted) throws IOException {
        if (read(attribute).equals(wanted)) {
            return false;
        }
        write(attribute, wanted);
        String now = read(attribute);
        if (now.isEmpty()) {
            throw new NoSuchFileException(attribute.toString());
        }
        if (!now.equals(wanted)) {
            throw new IOException(attribute + " is " + now + " after " + wanted + " was written");
        }
        return true;
    }

    /** The names in a directory that match, in order; none where it does not exist. */
    static Set<String> names(Path directory, Pattern pattern) throws IOException {
        String[] all = directory.toFile().list();
        if (all == null) {
            if (Files.exists(directory)) {
                throw new IOException(directory + " can't be listed");
            }
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        for (String name : all) {
            if (pattern.matcher(name).matches()) {
                names.add(name);
            }
        }
        return names;
    }

    /** What a device says in words: bounded, and without what could upset a terminal or a log. */
    static String words(Path file) throws IOException {
        StringBuilder words = new StringBuilder();
        read(file)
                .codePoints()
                .limit(STRING)
                .filter(c -> !Character.isISOControl(c))
                .forEach(words::appendCodePoint);
        return words.toString().strip();
    }

    /** Tells a directory of sysfs from another that had, or will have, its name. */
    static String inode(Path directory) throws IOException {
        return String.valueOf(
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
    }
}
