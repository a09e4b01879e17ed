package org.sekisho.packaging.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that the kernel announces inside a virtual machine, from the moment at which this was opened: what once was there for a
 * moment is in it too, which a later look at {@code /dev} would not show.
 */
public final class UeventRecord {
    private static final Pattern HEAD =
            Pattern.compile("^KERNEL\\[([0-9.]+)\\] (\\w+) +(\\S+) \\(([\\w-]+)\\)", Pattern.MULTILINE);
    private static final Pattern FUNCTION = Pattern.compile("^INTERFACE=([0-9]+)/", Pattern.MULTILINE);
    private static final Pattern ROOT_HUB = Pattern.compile("/[0-9]+-0:[^/]+$");
    /** A device that nothing here touches; announced on demand, it marks a place in the record. */
    private static final String MARK = "/devices/virtual/mem/null";

    private final VirtualMachine machine;
    private final String file;

    /**
     * One announcement.
     *
     * @param seconds since the machine's boot
     * @param action such as {@code add} or {@code bind}
     * @param path of the device in sysfs
     * @param subsystem such as {@code block}
     * @param function class of the USB function that this is about, such as {@code 8} for storage; empty: about none
     */
    public record Uevent(double seconds, String action, String path, String subsystem, String function) {
        /** A block device that holds something was announced; the loop devices of a module's start hold nothing. */
        public boolean addsBlockDevice() {
            return action.equals("add") && subsystem.equals("block") && !path.contains("/virtual/");
        }

        /** A driver took a function of a USB device; host controllers' own hubs are none that anybody plugs in. */
        public boolean bindsFunction() {
            return action.equals("bind")
                    && subsystem.equals("usb")
                    && !function.isEmpty()
                    && !ROOT_HUB.matcher(path).find();
        }

        /** A function of a USB device was announced, which the kernel does once the device is authorised. */
        public boolean addsFunction() {
            return action.equals("add")
                    && subsystem.equals("usb")
                    && !function.isEmpty()
                    && !ROOT_HUB.matcher(path).find();
        }

        /** A USB device was announced, as a whole. */
        public boolean addsDevice() {
            return action.equals("add")
                    && subsystem.equals("usb")
                    && function.isEmpty()
                    && !path.matches(".*/usb[0-9]+");
        }
    }

    private UeventRecord(VirtualMachine machine, String file) {
        this.machine = machine;
        this.file = file;
    }

    /**
     * Opens one; it records when this returns. It says when it heard, not when the kernel spoke, so that it runs before all that
     * it records.
     */
    public static UeventRecord open(VirtualMachine machine) throws IOException, InterruptedException {
        String file = machine.output("""
                file=$(mktemp /run/uevents-XXXXXX)
                setsid chrt --fifo 50 udevadm monitor --kernel --property >"$file" 2>&1 </dev/null &
                echo $! >"$file.pid"
                echo "$file"
                """);
        UeventRecord record = new UeventRecord(machine, file);
        record.all();
        return record;
    }

    /** All up to now: what was announced before this call is in it. */
    public List<Uevent> all() throws IOException, InterruptedException {
        // The kernel takes a name for an announcement on demand (ABI/testing/sysfs-uevent). Announced until it shows,
        // because the
        // recorder takes a while to start.
        String text = machine.output("""
                until grep -q SYNTH_UUID=%1$s %2$s; do
                  echo "change %1$s" >/sys%3$s/uevent
                  read -r -t 0.1 <> <(:) || true
                done
                cat %2$s
                """.formatted(UUID.randomUUID(), file, MARK));
        return parse(text);
    }

    private static List<Uevent> parse(String text) {
        List<Uevent> events = new ArrayList<>();
        for (String block : text.split("\n\n", -1)) {
            Matcher head = HEAD.matcher(block);
            if (head.find() && !head.group(3).equals(MARK)) {
                Matcher function = FUNCTION.matcher(block);
                events.add(new Uevent(
                        Double.parseDouble(head.group(1)),
                        head.group(2),
                        head.group(3),
                        head.group(4),
                        function.find() ? function.group(1) : ""));
            }
        }
        return events;
    }

    /** Ends the recording. */
    public void end() throws IOException, InterruptedException {
        machine.output("kill $(cat %s.pid); rm -f %s %s.pid".formatted(file, file, file));
    }
}
