package org.sekisho.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;

/** Whether permits say what the contract lets them say. Pure, safe for all threads. */
public final class PermitCheck {
    /** The contract's bound on a book. */
    public static final int MAX_PERMITS = 1_000;
    /** The contract's bound on a permit's rules. */
    public static final int MAX_RULES = 100;
    /** The contract's bound on a permit's files. */
    public static final int MAX_FILES = 1_000;
    /** The contract's bound on a permit's patterns of names. */
    public static final int MAX_NAMES = 100;

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private PermitCheck() {}

    /** What is wrong with a terminal's book, in English; empty: nothing. */
    public static List<String> faults(PermitBook book, String terminal) {
        List<String> faults = new ArrayList<>();
        if (book.getPermitsCount() > MAX_PERMITS) {
            faults.add("it has " + book.getPermitsCount() + " permits, and the most is " + MAX_PERMITS);
        }
        Set<String> ids = new HashSet<>();
        for (PermitGrant permit : book.getPermitsList()) {
            if (!ids.add(permit.getId())) {
                faults.add("permit " + Excerpt.of(permit.getId()) + " is in it twice");
            }
            if (!permit.getTerminal().equals(terminal)) {
                faults.add("permit " + Excerpt.of(permit.getId()) + " is for another terminal");
            }
            for (String fault : faults(permit)) {
                faults.add("permit " + Excerpt.of(permit.getId()) + ": " + fault);
            }
        }
        return List.copyOf(faults);
    }

    /** What is wrong with a permit, in English; empty: nothing. */
    public static List<String> faults(PermitGrant permit) {
        List<String> faults = new ArrayList<>();
        require(ID.matcher(permit.getId()).matches(), "it has no id", faults);
        require(!permit.getUser().isBlank(), "it is for nobody", faults);
        require(!permit.getTerminal().isEmpty(), "it is for no terminal", faults);
        require(isKnown(permit.getChannel()), "it is for no channel", faults);
        require(
                permit.getDirection() == PermitDirection.INWARD || permit.getDirection() == PermitDirection.OUTWARD,
                "it has no direction",
                faults);
        require(permit.getFromMicros() < permit.getUntilMicros(), "it ends before it begins", faults);
        require(permit.getRulesCount() <= MAX_RULES, "it lifts more than " + MAX_RULES + " rules", faults);
        if (permit.getChannel() == Channel.MEDIA) {
            require(Devices.isWhole(permit.getDevice()), "it names no device", faults);
        } else {
            require(
                    permit.getDevice().equals(DeviceIdentity.getDefaultInstance())
                            && permit.getFileSha256Count() + permit.getFileNamesCount() == 0,
                    "only permits for media have a device or files",
                    faults);
        }
        require(
                permit.getFileSha256Count() <= MAX_FILES
                        && permit.getFileSha256List().stream()
                                .allMatch(hash -> SHA256.matcher(hash).matches()),
                "its files are not up to " + MAX_FILES + " SHA-256 hashes",
                faults);
        require(
                permit.getFileNamesCount() <= MAX_NAMES
                        && permit.getFileNamesList().stream().noneMatch(String::isBlank),
                "its names of files are not up to " + MAX_NAMES + " patterns",
                faults);
        return List.copyOf(faults);
    }

    private static boolean isKnown(Channel channel) {
        return channel != Channel.CHANNEL_UNSPECIFIED && channel != Channel.UNRECOGNIZED;
    }

    private static void require(boolean holds, String otherwise, List<String> faults) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
