package org.sekisho.agent.desktop;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The two commands of a session, as a program of their own for tests. */
@Command(subcommands = {DesktopCommand.class, NoticeCommand.class})
final class DesktopCommandMain {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DesktopCommandMain()).execute(arguments));
    }
}
