package org.sekisho.agent.os.windows;

import com.sun.jna.NativeLibrary;

/** Windows itself, or Wine, which answers some calls by a success that means nothing. */
public final class WindowsKind {
    private static final boolean WINE = hasWineVersion();

    private WindowsKind() {}

    /** Whether this is Wine: its ntdll has {@code wine_get_version}, as Wine's own documentation tells programs to look. */
    public static boolean isWine() {
        return WINE;
    }

    private static boolean hasWineVersion() {
        try {
            return NativeLibrary.getInstance("ntdll").getFunction("wine_get_version") != null;
        } catch (UnsatisfiedLinkError windows) {
            return false;
        }
    }
}
