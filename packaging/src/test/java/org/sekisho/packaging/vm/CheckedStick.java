package org.sekisho.packaging.vm;

import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.VirtualMachine;

/** A stick with one FAT partition that is plugged into a guarded machine, where {@code alice} is at work. */
final class CheckedStick implements AutoCloseable {
    /** What the tests' sticks may do, by their serial numbers. */
    static final String RULES = """
              - id: test-numbers
                channel: media
                content:
                  - label: my_number
                verdict: block
                severity: high
              - id: test-allowed
                channel: media
                media:
                  classes: [usb-storage]
                  serials: ["ALLOWED*"]
                verdict: audit
              - id: test-permit
                channel: media
                media:
                  classes: [usb-storage]
                  serials: ["PERMIT*"]
                verdict: block
                permit-may-lift: true
              - id: test-read-only
                channel: media
                media:
                  classes: [usb-storage]
                  serials: ["READONLY"]
                verdict: read-only
            """;

    /** Where the partition begins, and what comes before it: the partition table. */
    private static final int FIRST_SECTOR = 2_048;

    private final GuestTerminal terminal;
    private final VirtualMachine machine;
    private final String serial;
    private final Path medium;

    private CheckedStick(GuestTerminal terminal, VirtualMachine machine, String serial, Path medium) {
        this.terminal = terminal;
        this.machine = machine;
        this.serial = serial;
        this.medium = medium;
    }

    static CheckedStick plug(GuestTerminal terminal, String serial) throws IOException, InterruptedException {
        return plug(terminal, serial, terminal.atWork().stick(serial));
    }

    /** Another medium than one with one partition. */
    static CheckedStick plug(GuestTerminal terminal, String serial, Path medium)
            throws IOException, InterruptedException {
        VirtualMachine machine = terminal.atWork();
        machine.plugStick(serial, medium, serial);
        return new CheckedStick(terminal, machine, serial, medium);
    }

    /** Waits until people can use it; where it is. */
    String mounted() {
        return await().atMost(SOON).until(this::point, point -> !point.isEmpty());
    }

    /** Waits until nobody can use it, and the machine has no disk of it. */
    void gone() {
        await().atMost(SOON)
                .until(() -> machine.output("findmnt -rn -t fuse.sekisho -o TARGET; ls /dev/sd? 2>/dev/null || true")
                        .isEmpty());
    }

    boolean isMounted() throws IOException, InterruptedException {
        return !point().isEmpty();
    }

    private String point() throws IOException, InterruptedException {
        return point(machine);
    }

    /** Where people reach what is let in; empty until it is served: it is mounted before the process is there that serves it. */
    static String point(VirtualMachine machine) throws IOException, InterruptedException {
        return machine.output(
                "point=$(findmnt -n -t fuse.sekisho -o TARGET) && ls \"$point\" >/dev/null 2>&1 && echo \"$point\" || true");
    }

    /** Runs bash on the stick, as the person at work. */
    Command alice(String bash) throws IOException, InterruptedException {
        return machine.run("runuser -u alice -- bash -c 'cd \"%s\" && %s'".formatted(mounted(), bash));
    }

    /** Waits for what the server has of files on this stick; the newest first. */
    List<JsonNode> files(int atLeast) {
        return await().atMost(SOON)
                .until(
                        () -> terminal.attemptsWith(serial).stream()
                                .filter(event -> media(event).has("file"))
                                .toList(),
                        found -> found.size() >= atLeast);
    }

    static JsonNode media(JsonNode event) {
        return event.at("/detail/attempt/attempt/media");
    }

    /** All that is on the medium, as whoever takes it elsewhere can read it; characters stand for bytes. */
    String raw() throws IOException {
        return Files.readString(medium, StandardCharsets.ISO_8859_1);
    }

    /** What fsck.vfat says of it on this machine, if anything is wrong. */
    String damage() throws IOException, InterruptedException {
        Path partition = medium.resolveSibling(serial + ".part");
        Command.run(
                Duration.ofMinutes(1),
                Map.of(),
                new byte[0],
                "dd",
                "if=" + medium,
                "of=" + partition,
                "bs=512",
                "skip=" + FIRST_SECTOR,
                "status=none");
        Command fsck =
                Command.run(Duration.ofMinutes(1), Map.of(), new byte[0], "fsck.vfat", "-n", partition.toString());
        return fsck.exit() == 0 ? "" : fsck.text() + fsck.err();
    }

    /** Pulls it and plugs it in again. */
    void replug() throws IOException {
        machine.unplug(serial);
        gone();
        machine.plugStick(serial, medium, serial);
    }

    /** Pulls it, and waits until nothing of it is left: the next one may have the same place. */
    @Override
    public void close() throws IOException {
        machine.unplug(serial);
        gone();
    }
}
