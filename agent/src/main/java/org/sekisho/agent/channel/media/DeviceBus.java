package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.v1.Encryption;

/**
 * The operating system's removable devices: what is plugged in, and what of it is let in. The channel's only seam to the OS;
 * Linux carries it out by sysfs, and it is cut so that Windows can by its policies of device installation (default deny and
 * instance ids) and of removable storage.
 *
 * <p>Every method that changes something reads back what it changed, and throws if that does not hold. Thread-safe.
 */
public interface DeviceBus extends AutoCloseable {

    /**
     * Has {@code changed} called when something was plugged in or out, or a block device has come, gone or changed: a hint,
     * on a thread of the bus's own, after which all is to be looked at again. Many changes may give one hint. None is given
     * before this returns; at most one listener.
     *
     * @throws IOException if the OS does not tell
     */
    void watch(Runnable changed) throws IOException;

    /**
     * Shuts out all that comes to be plugged in from now on, at every place where something can be, until it is let in. This
     * outlives the agent.
     */
    Default denyByDefault() throws IOException;

    /** Takes {@link #denyByDefault} back: what is plugged in from now on works by itself. */
    void allowByDefault() throws IOException;

    /** Whether all places deny by default, by what the OS says now. */
    boolean deniesByDefault() throws IOException;

    /** Classes of places that this bus can't guard on this machine, for people; empty if there are none. */
    List<String> unguarded();

    /** What is plugged in now, in the order of its places. */
    List<RemovableDevice> devices() throws IOException;

    /**
     * What came since {@link #devices}, as far as that can be told at once; {@link #devices} has it, too. Empty also where
     * something has gone since: what came may be the same thing in another place.
     */
    List<RemovableDevice> arrivals() throws IOException;

    /**
     * What had been plugged in and was gone again when {@link #devices} was last asked, without ever having been listed: known
     * by the OS's announcement alone, so that it has a flaw and no functions. Each once; of a storm, the latest.
     */
    List<RemovableDevice> passed();

    /** What of a device is let in now, by what the OS says; empty if it has been unplugged since it was read. */
    Optional<Admission> admission(RemovableDevice device) throws IOException;

    /**
     * Lets in these functions of a device, and shuts out all else of it. What is as it should be is left alone. A device that
     * has been unplugged since it was read is never confused with the one that is now in its place:
     * nothing happens then.
     *
     * @param functions their ids; empty: the whole device is shut out
     * @return what was in, and what is in now; functions that are neither in nor out do not exist in the configuration that the
     *     OS has chosen
     * @throws IOException if it does not hold in the end, and with the device then shut out as far as that can be done
     */
    Admitted admit(RemovableDevice device, Set<String> functions) throws IOException;

    /** The block devices that a device has now: disks first, then their partitions. */
    List<Volume> volumes(RemovableDevice device) throws IOException;

    /** Sets a block device read-only or writable. */
    void setReadOnly(Volume volume, boolean readOnly) throws IOException;

    /**
     * Whether a disk is encrypted: it, or each of its partitions, has the signature of LUKS or BitLocker.
     *
     * @param volumes of one device
     * @return empty if there is nothing to read yet, such as an empty card slot
     */
    Optional<Encryption> encryption(List<Volume> volumes) throws IOException;

    @Override
    void close();

    /**
     * That all places deny by default.
     *
     * @param proof what was read back, for people
     * @param takenBack places that had been set, and that somebody else had opened since
     */
    record Default(String proof, List<String> takenBack) {
        public Default {
            takenBack = List.copyOf(takenBack);
        }
    }

    /**
     * What of a device is let in. A function that is neither in nor out is not there: the device is coming or leaving, or
     * has another configuration.
     *
     * @param device the device itself is let in, were it with none of its functions
     * @param in ids of functions that are there and let in
     * @param out ids of functions that are there and shut out
     */
    record Admission(boolean device, Set<String> in, Set<String> out) {
        /** Shut out altogether. */
        public static final Admission NONE = new Admission(false, Set.of(), Set.of());

        public Admission {
            in = Set.copyOf(in);
            out = Set.copyOf(out);
        }
    }

    /**
     * What letting in, or shutting out, has come to.
     *
     * @param found what was in right before, of the functions that were looked at; empty where nobody had decided yet, and of a
     *     device that is gone
     * @param now what is in after it
     */
    record Admitted(Optional<Admission> found, Admission now) {
        /** The device is gone. */
        public static final Admitted GONE = new Admitted(Optional.empty(), Admission.NONE);
    }

    /**
     * A block device.
     *
     * @param name the kernel's, such as {@code sdb1}
     * @param incarnation tells it from another of the same name before or after it
     * @param partition it is a part of another one
     * @param optical it is a drive of discs
     * @param readOnly it is set read-only
     * @param sectors of 512 bytes; 0 where there is no medium
     */
    record Volume(
            String name, String incarnation, boolean partition, boolean optical, boolean readOnly, long sectors) {}
}
