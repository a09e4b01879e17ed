package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (NoSuchFileException e) {
            return "";
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
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(path -> names.add(path.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        names.removeIf(name -> !pattern.matcher(name).matches());
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
        return Files.getAttribute(directory, "unix:ino").toString();
    }
}
