package org.sekisho.agent.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sekisho.agent.os.windows.AccessEntry;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.SecurityDescriptor;

/**
 * Keeps Windows files for LocalSystem and Administrators, and, where the agent is run by hand by somebody who is neither,
 * for that account.
 */
final class PrivateFiles {
    /** SYSTEM, Administrators, and the owner's implicit right: SDDL's aliases and the SIDs that they stand for. */
    private static final Set<String> TRUSTED =
            Set.of("SY", "BA", "OW", ProcessToken.SYSTEM_SID, ProcessToken.ADMINISTRATORS_SID, "S-1-3-4");

    private final String self;
    private final String sddl;

    PrivateFiles() throws IOException {
        try (ProcessToken token = ProcessToken.current()) {
            self = token.userSid();
            sddl = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)" + (token.privileged() ? "" : "(A;OICI;FA;;;" + self + ")");
        }
    }

    /** Makes a folder that is private from the first moment. */
    void createFolder(Path folder) throws IOException {
        try (SecurityDescriptor descriptor = SecurityDescriptor.of(sddl)) {
            descriptor.createFolder(folder);
        }
    }

    /** Sets the DACL. Call {@link #check} after it. */
    void protect(Path file) throws IOException {
        try (SecurityDescriptor descriptor = SecurityDescriptor.of(sddl)) {
            descriptor.protect(file);
        }
    }

    /** Reads the DACL back. */
    void check(Path file) throws IOException {
        String found;
        try (SecurityDescriptor descriptor = SecurityDescriptor.ofFile(file)) {
            found = descriptor.sddl();
        }
        List<AccessEntry> entries;
        try {
            entries = AccessEntry.of(found);
        } catch (IllegalArgumentException unreadable) {
            throw new ExposedSecretException(
                    file, "has a DACL that can't be judged (" + found + "); remove it and enrol again");
        }
        for (AccessEntry entry : entries) {
            if (entry.allows()
                    && !TRUSTED.contains(entry.trustee())
                    && !entry.trustee().equals(self)) {
                throw new ExposedSecretException(
                        file,
                        "lets in %s (its DACL is %s); what it holds may be known: enrol again, then remove that entry"
                                .formatted(entry.trustee(), found));
            }
        }
    }
}
