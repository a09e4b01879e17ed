package org.sekisho.policy;

/**
 * A pattern for a program's path. A Windows path (one that begins with a drive or with two backslashes) is compared
 * without case, and both slashes are the same in it; every other path is compared as it stands.
 */
final class PathGlob {
    private final Glob posix;
    private final Glob windows;

    PathGlob(String pattern) {
        this.posix = Glob.ofPath(pattern);
        this.windows = Glob.ofPath(windowsForm(pattern));
    }

    private static String windowsForm(String path) {
        return CaseFold.fold(path.replace('\\', '/'));
    }

    private static boolean isWindows(String path) {
        return path.startsWith("\\\\")
                || (path.length() >= 3
                        && Character.isLetter(path.charAt(0))
                        && path.charAt(1) == ':'
                        && (path.charAt(2) == '\\' || path.charAt(2) == '/'));
    }

    boolean matches(String path) {
        return isWindows(path) ? windows.matches(windowsForm(path)) : posix.matches(path);
    }

    boolean covers(PathGlob other) {
        return posix.covers(other.posix) && windows.covers(other.windows);
    }

    boolean excludes(PathGlob other) {
        return posix.excludes(other.posix) && windows.excludes(other.windows);
    }

    /** Whether an absolute path can begin like this. */
    static boolean canBeAbsolute(String pattern) {
        return pattern.startsWith("/") || pattern.startsWith("*") || pattern.startsWith("?:") || isWindows(pattern);
    }
}
