package org.sekisho.agent.channel.media.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deny by default that needs no agent: udev shuts every USB host controller as it appears, and lets in what is nothing but
 * keyboards, pointers and hubs while the agent does not run, so that nobody is locked out. Reversible.
 *
 * <p>What is plugged in when the machine is switched on is found by the kernel before udev runs. With {@code fromKernel} the
 * kernel itself denies from its first moment ({@code usbcore.authorized_default=0}, by the boot loader where usbcore is part
 * of the kernel, by modprobe where it is a module); then no USB keyboard works until udev runs, which is too late for a
 * passphrase that unlocks the disk. So that is refused where one is asked for.
 *
 * <p>Volumes on guarded host controllers are kept from the desktop's automounter (udisks), since the agent gives them to
 * people itself.
 */
public final class DefaultDeny {
    private static final String RULES = "etc/udev/rules.d/59-sekisho-media.rules";
    private static final String HELPER = "usr/lib/sekisho/let-in-keyboard";
    private static final String BOOT_LOADER = "etc/default/grub.d/sekisho-media.cfg";
    private static final String PARAMETER =
            "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX usbcore.authorized_default=0\"" + System.lineSeparator();
    private static final String MODULE = "etc/modprobe.d/sekisho-media.conf";
    private static final String OPTION = "options usbcore authorized_default=0" + System.lineSeparator();
    /** What carries the two to where the machine starts from, on systems that have them. */
    private static final Map<String, List<String>> BOOT_PROGRAMS =
            new TreeMap<>(Map.of("usr/sbin/update-grub", List.of(), "usr/sbin/update-initramfs", List.of("-u")));

    private final Path root;

    /** @param root where the system's files are; {@code /} but in tests */
    public DefaultDeny(Path root) {
        this.root = requireNonNull(root, "root is null");
    }

    /**
     * Installs it; again does no harm.
     *
     * @param fromKernel the kernel's own default, too
     * @return commands that have to be run for it to take effect
     * @throws IOException if a file can't be written, or {@code fromKernel} would lock people out
     */
    public List<List<String>> install(boolean fromKernel) throws IOException {
        if (fromKernel && asksForPassphrase()) {
            throw new IOException(
                    "/etc/crypttab names an encrypted disk: with the kernel's own default no USB keyboard could"
                            + " type its passphrase. Install without --from-kernel");
        }
        write(HELPER, resource("let-in-keyboard"), "rwxr-xr-x");
        write(RULES, resource("sekisho-media.rules"), "rw-r--r--");
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("udevadm", "control", "--reload"));
        commands.add(List.of("udevadm", "trigger", "--action=add", "--subsystem-match=usb"));
        if (fromKernel) {
            write(BOOT_LOADER, PARAMETER.getBytes(UTF_8), "rw-r--r--");
            write(MODULE, OPTION.getBytes(UTF_8), "rw-r--r--");
            commands.addAll(bootCommands());
        }
        return commands;
    }

    /**
     * Takes it away again.
     *
     * @return commands that have to be run for it to take effect
     */
    public List<List<String>> remove() throws IOException {
        Files.deleteIfExists(root.resolve(RULES));
        Files.deleteIfExists(root.resolve(HELPER));
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("udevadm", "control", "--reload"));
        boolean toldTheLoader = Files.deleteIfExists(root.resolve(BOOT_LOADER));
        boolean toldTheModule = Files.deleteIfExists(root.resolve(MODULE));
        if (toldTheLoader || toldTheModule) {
            commands.addAll(bootCommands());
        }
        return commands;
    }

    private List<List<String>> bootCommands() {
        List<List<String>> commands = new ArrayList<>();
        BOOT_PROGRAMS.forEach((program, arguments) -> {
            if (Files.isExecutable(root.resolve(program))) {
                List<String> command = new ArrayList<>(List.of("/" + program));
                command.addAll(arguments);
                commands.add(command);
            }
        });
        return commands;
    }

    private boolean asksForPassphrase() throws IOException {
        try {
            return Files.readAllLines(root.resolve("etc/crypttab"), UTF_8).stream()
                    .map(String::strip)
                    .anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(String name, byte[] content, String permissions) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(requireNonNull(file.getParent(), "no parent"));
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = requireNonNull(DefaultDeny.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
