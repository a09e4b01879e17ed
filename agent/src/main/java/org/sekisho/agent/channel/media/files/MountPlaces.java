package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.channel.media.MediaVolume;

/** Where people find their volumes, and by which numbers the system knows them. Thread-safe. */
class MountPlaces {
    /** As udisks has it, so that file managers look there. */
    private static final Path MEDIA = Path.of("/run/media");

    private static final int SECONDS = 10;
    /** A folder's name; the kernel allows 255 bytes. */
    private static final int LONGEST = 64;

    private final Path media;

    MountPlaces() {
        this(MEDIA);
    }

    MountPlaces(Path media) {
        this.media = requireNonNull(media, "media is null");
    }

    /** Where the volume lies. */
    VolumeSource source(MediaVolume volume) throws IOException {
        return VolumeSource.ofDevice(volume.name());
    }

    /** Whether it has no files of its own, but partitions. */
    boolean isDivided(MediaVolume volume) throws IOException {
        return VolumeSource.isDivided(volume.name());
    }

    /** Where it is mounted for its person: by its label, and by the kernel's name, which no two have at once. */
    Path point(MediaVolume volume) throws IOException {
        String user = volume.session().user();
        String label = label(source(volume));
        return media.resolve(user.isEmpty() ? "root" : plain(user))
                .resolve(label.isEmpty() ? volume.name() : label + " (" + volume.name() + ")");
    }

    private static String label(VolumeSource source) throws IOException {
        if (source.folder()) {
            return "";
        }
        return plain(output(List.of("blkid", "-p", "-s", "LABEL", "-o", "value", "--", source.path()))
                .strip());
    }

    /** What can't be taken for anything but a name. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N} ._-]", "_");
        String bounded = plain.codePointCount(0, plain.length()) > LONGEST
                ? plain.substring(0, plain.offsetByCodePoints(0, LONGEST))
                : plain;
        return bounded.startsWith(".") ? "_" + bounded.substring(1) : bounded;
    }

    /** The account's number, and its group's; root's where there is no person. */
    int[] owner(MediaVolume volume) throws IOException {
        String user = volume.session().user();
        if (user.isEmpty()) {
            return new int[] {0, 0};
        }
        return new int[] {number(user, "-u"), number(user, "-g")};
    }

    private static int number(String user, String which) throws IOException {
        String number = output(List.of("id", which, "--", user)).strip();
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new IOException("the system knows no account " + user, e);
        }
    }

    /** Takes a mount away from everybody, also from who has files open on it. */
    void unmount(Path point) throws IOException {
        output(List.of(
                "nsenter",
                "--mount=" + MountProgram.everybody(),
                "--",
                "sh",
                "-c",
                "umount -l -- \"$1\"; rmdir -- \"$1\"",
                "sh",
                point.toString()));
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readNBytes(4_096), UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " does not end");
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " runs", e);
        }
    }
}
