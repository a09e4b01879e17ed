package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.agent.os.InheritedProperties;

/**
 * Mounts a volume and starts the process that serves it. Programs of util-linux do the mounting before the JVM begins: the
 * medium's own file system in a mount namespace that only that process is in (it is unmounted when that ends, however it
 * ends), and over it, where everybody is, a file system of FUSE whose device the process inherits.
 */
final class MountProgram {
    /** In a namespace of its own, so it hides nothing from anybody. */
    static final String RAW = "/mnt";

    static final int DEVICE = 3;
    /** Standard output becomes standard error: what a JVM says that fails must not get between the reports. */
    static final int REPORTS = 4;

    private static final int LEAST_CANT = 71;
    private static final int MOST_CANT = 74;

    /**
     * File systems in the order in which they are tried. The kernel looks for each one's own signature; a medium that has
     * none of them is not mounted.
     */
    private static final String SCRIPT = """
            source=$1 point=$2 mode=$3 kind=$4 everybody=$5; shift 5
            if [ "$kind" = folder ]; then
              mount --bind -o "$mode" -- "$source" /mnt || exit 71
              [ "$mode" = rw ] || mount -o remount,bind,ro /mnt || exit 71
            else
              base=$mode,nosuid,nodev,noexec,noatime
              mount -i -t vfat -o "$base,utf8,shortname=mixed,umask=077" -- "$source" /mnt 2>/dev/null ||
              mount -i -t exfat -o "$base,iocharset=utf8,umask=077" -- "$source" /mnt 2>/dev/null ||
              mount -i -t ext4 -o "$base,errors=remount-ro" -- "$source" /mnt 2>/dev/null ||
              mount -i -t ntfs3 -o "$base,umask=077" -- "$source" /mnt 2>/dev/null ||
              mount -i -t udf -o "$base,umask=077" -- "$source" /mnt 2>/dev/null ||
              mount -i -t iso9660 -o "$base" -- "$source" /mnt 2>/dev/null || exit 72
            fi
            exec 3<>/dev/fuse || exit 73
            nsenter --mount="$everybody" -- sh -c 'umount -l -- "$1" 2>/dev/null
              umask 022; mkdir -p -- "$1" && mount -i -t fuse.sekisho \\
              -o "$2,fd=3,rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions,nosuid,nodev,noexec,noatime" \\
              -- sekisho "$1"' sh "$point" "$mode" || exit 74
            exec 4>&1 >&2
            exec "$@"
            """;

    /** It holds files of any size on disk, and documents in another process. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xms16m",
            "-Xmx128m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ErrorFileToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8");

    /** To mount, to reach any file on the medium and give it to the person, and to start the process for documents. */
    private static final String CAPABILITIES =
            "-all,+sys_admin,+dac_override,+dac_read_search,+fowner,+chown,+setuid,+setgid,+setpcap,+kill";

    private final String mainClass;
    private final String classPath;

    MountProgram(String mainClass, String classPath) {
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
        this.classPath = requireNonNull(classPath, "classPath is null");
    }

    /**
     * Mounts and starts.
     *
     * @param source a block device's node, or a folder
     * @param point where people find it
     * @throws IOException if nothing could be started; what can't be mounted ends the process with 71 to 74
     */
    Process start(String source, boolean folder, Path point, boolean readOnly) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "--net", "--ipc", "--propagation=private"));
        command.addAll(List.of("--", "sh", "-c", SCRIPT, "sh", source, point.toString()));
        command.addAll(List.of(readOnly ? "ro" : "rw", folder ? "folder" : "device", everybody()));
        command.addAll(List.of("setpriv", "--bounding-set=" + CAPABILITIES, "--inh-caps=-all", "--"));
        command.addAll(List.of("prlimit", "--core=0", "--nofile=4096", "--"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(InheritedProperties.arguments());
        command.addAll(List.of("-cp", classPath, mainClass));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(new File("/")).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        // Names of files are UTF-8.
        environment.put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /**
     * The mount namespace that people are in: that of the system's first process, for a service of systemd's may have one of
     * its own; where that is out of reach, as in a container, this process's.
     */
    static String everybody() {
        Path first = Path.of("/proc/1/ns/mnt");
        try {
            Files.readSymbolicLink(first);
            return first.toString();
        } catch (IOException e) {
            return "/proc/" + ProcessHandle.current().pid() + "/ns/mnt";
        }
    }

    /** Whether it has said with its exit value that the volume can't be mounted; otherwise it was lost. */
    static boolean cantMount(int exit) {
        return exit >= LEAST_CANT && exit <= MOST_CANT;
    }

    static String reason(int exit) {
        return switch (exit) {
            case 71 -> "the folder can't be mounted";
            case 72 -> "the volume has no file system that can be mounted (vfat, exfat, ext4, ntfs, udf, iso9660)";
            case 73 -> "/dev/fuse can't be opened";
            case 74 -> "the checked file system can't be mounted";
            default -> "the process that serves the volume ended with " + exit;
        };
    }
}
