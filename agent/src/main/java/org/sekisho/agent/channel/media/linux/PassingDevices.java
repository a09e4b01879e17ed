package org.sekisho.agent.channel.media.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.agent.channel.media.Uevent;

/**
 * USB devices that the kernel announced, for as long as they have not been read: of one that is pulled before that, the
 * announcement is all there is to tell. Each that was read answers one announcement, whichever of the two comes first.
 * Thread-safe.
 */
final class PassingDevices {
    /** Announcements between two looks; a hub of seven devices makes eight. The oldest are forgotten. */
    private static final int MOST = 1_024;

    /** {@code PRODUCT}: vendor, product and release in hex, without leading zeros ({@code usb_uevent} of the kernel). */
    private static final Pattern PRODUCT = Pattern.compile("([0-9a-f]{1,4})/([0-9a-f]{1,4})/[0-9a-f]{1,4}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private final Deque<Passing> announced = new ArrayDeque<>();
    /** Read, and not answered by an announcement yet. */
    private final Set<Plugging> read = new LinkedHashSet<>();

    private Set<Plugging> before = Set.of();

    /**
     * One plugging-in.
     *
     * @param instance where
     * @param number the kernel's on that bus; given anew after 127
     */
    record Plugging(String instance, int number) {
        static Plugging of(RemovableDevice device) {
            String plugging = device.plugging();
            return new Plugging(device.instance(), Integer.parseInt(plugging.substring(0, plugging.indexOf('/'))));
        }
    }

    private record Passing(Plugging plugging, String vendorId, String productId) {
        RemovableDevice device() {
            return new RemovableDevice(
                    plugging.instance(),
                    plugging.number() + "/gone",
                    vendorId,
                    productId,
                    "",
                    "",
                    "",
                    List.of(),
                    "it was unplugged before it could be read");
        }
    }

    /** The kernel has said something, were it on somebody's order ({@code udevadm trigger}), which is no news. */
    void heard(Uevent event) {
        boolean ordered = event.variables().containsKey("SYNTH_UUID");
        if (!ordered
                && event.action().equals("add")
                && event.variable("DEVTYPE").equals("usb_device")) {
            passing(event).ifPresent(this::add);
        }
    }

    private static Optional<Passing> passing(Uevent event) {
        String instance = event.path().substring(event.path().lastIndexOf('/') + 1);
        Matcher product = PRODUCT.matcher(event.variable("PRODUCT"));
        String number = event.variable("DEVNUM");
        boolean whole = UsbTree.DEVICE.matcher(instance).matches()
                && product.matches()
                && NUMBER.matcher(number).matches();
        return whole
                ? Optional.of(new Passing(
                        new Plugging(instance, Integer.parseInt(number)),
                        "%4s".formatted(product.group(1)).replace(' ', '0'),
                        "%4s".formatted(product.group(2)).replace(' ', '0')))
                : Optional.empty();
    }

    private synchronized void add(Passing one) {
        if (announced.size() == MOST) {
            announced.removeFirst();
        }
        announced.addLast(one);
    }

    /** These have just been read, whether or not they are still there when all are looked at. */
    synchronized void wereRead(Collection<RemovableDevice> devices) {
        devices.stream().map(Plugging::of).forEach(read::add);
    }

    /**
     * Those that were announced since this was asked last, and have gone without being read.
     *
     * @param present USB devices that have just been read, or were before and are still there
     * @param isThere whether one is there now, so that the next look will read it
     */
    synchronized List<RemovableDevice> gone(Collection<RemovableDevice> present, Predicate<Plugging> isThere) {
        Set<Plugging> now = present.stream().map(Plugging::of).collect(Collectors.toSet());
        Set<Plugging> fresh = new HashSet<>(now);
        fresh.removeAll(before);
        before = now;
        read.addAll(fresh);
        List<RemovableDevice> gone = new ArrayList<>();
        for (Iterator<Passing> each = announced.iterator(); each.hasNext(); ) {
            Passing one = each.next();
            if (read.remove(one.plugging()) || now.contains(one.plugging())) {
                each.remove();
            } else if (!isThere.test(one.plugging())) {
                gone.add(one.device());
                each.remove();
            }
        }
        for (Iterator<Plugging> oldest = read.iterator(); read.size() > MOST; ) {
            oldest.next();
            oldest.remove();
        }
        return gone;
    }
}
