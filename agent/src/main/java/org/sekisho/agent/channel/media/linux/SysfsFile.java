package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
