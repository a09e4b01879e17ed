package org.sekisho.agent;

import org.sekisho.agent.content.ScanCommand;
import org.sekisho.agent.desktop.DesktopCommand;
import org.sekisho.agent.desktop.NoticeCommand;
import org.sekisho.agent.journal.VerifyJournalCommand;
import org.sekisho.agent.posture.AgentVersion;
import org.sekisho.agent.posture.InventoryCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The agent's program: {@code sekisho-agent}. */
@Command(
        name = "sekisho-agent",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        resourceBundle = "org.sekisho.agent.messages",
        subcommands = {
            ServiceCommand.class,
            EnrolCommand.class,
            StatusCommand.class,
            SelfTestCommand.class,
            ScanCommand.class,
            VerifyJournalCommand.class,
            DesktopCommand.class,
            NoticeCommand.class,
            InventoryCommand.class,
            MediaCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs a subcommand and ends the process with what it returns. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            // What went wrong is for the person at the keyboard; the stack only helps developers.
            command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return line;
    }

    /** Tells the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sekisho-agent " + AgentVersion.current()};
        }
    }
}
