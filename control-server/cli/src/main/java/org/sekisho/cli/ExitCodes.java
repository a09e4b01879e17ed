package org.sekisho.cli;

/** What the process ends with. Scripts rely on these; they don't change. */
public final class ExitCodes {
    /** Done, and nothing to object to. */
    public static final int OK = 0;
    /** The server refused, or the checker found an error, or a wait ended before its goal. */
    public static final int REFUSED = 1;
    /** The command line is wrong, a file can't be read, or the server can't be reached or failed. */
    public static final int UNUSABLE = 2;

    private ExitCodes() {}
}
