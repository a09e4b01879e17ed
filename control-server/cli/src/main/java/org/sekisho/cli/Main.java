package org.sekisho.cli;

import picocli.CommandLine;

/** The program {@code sekisho}. Exit codes are those of {@link ExitCodes}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Shell.ofProcess(), args));
    }

    /** Runs one command in the given surroundings; returns its exit code and ends nothing. */
    static int run(Shell shell, String... args) {
        Workbench workbench = new Workbench(shell);
        CommandLine commands = Commands.of(workbench);
        try {
            return commands.execute(args);
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }
}
