package org.sekisho.agent.os.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a DACL as SDDL writes it.
 *
 * @param type {@code A} allows, {@code D} denies
 * @param rights as SDDL writes them: letters such as {@code FA}, or a mask such as {@code 0x1f01ff}
 * @param trustee a SID in SDDL: an alias such as {@code SY}, or {@code S-1-5-…}
 */
public record AccessEntry(String type, String rights, String trustee) {
    private static final Pattern ENTRY = Pattern.compile("\\(([A-Z]+);[A-Z]*;([^;()]*);[^;()]*;[^;()]*;([^;()]+)\\)");
    private static final Pattern DACL = Pattern.compile("D:[A-Z]*(?:NO_ACCESS_CONTROL)?((?:\\([^()]*\\))*)(?:S:.*)?$");

    public boolean allows() {
        return !type.equals("D");
    }

    /**
     * The entries of the DACL in {@code sddl}.
     *
     * @throws IllegalArgumentException if there is no DACL or none of its entries, or an entry of a form that this does not know; then nothing may
     *     be concluded
     */
    public static List<AccessEntry> of(String sddl) {
        Matcher dacl = DACL.matcher(sddl);
        if (!dacl.find() || sddl.contains("NO_ACCESS_CONTROL")) {
            throw new IllegalArgumentException("no DACL in " + sddl);
        }
        List<AccessEntry> entries = new ArrayList<>();
        Matcher entry = ENTRY.matcher(dacl.group(1));
        int at = 0;
        while (entry.find() && entry.start() == at) {
            entries.add(new AccessEntry(entry.group(1), entry.group(2), entry.group(3)));
            at = entry.end();
        }
        if (entries.isEmpty()) {
            // Lets nobody in on Windows; Wine also writes so for a DACL that is not there, which lets everybody in.
            throw new IllegalArgumentException("no entry in the DACL of " + sddl);
        }
        if (at != dacl.group(1).length()) {
            throw new IllegalArgumentException("can't read the DACL of " + sddl);
        }
        return entries;
    }
}
