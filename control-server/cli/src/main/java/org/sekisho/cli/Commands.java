package org.sekisho.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.Collectors;
import org.sekisho.cli.alarm.AlarmsCommand;
import org.sekisho.cli.audit.AuditCommand;
import org.sekisho.cli.event.EventsCommand;
import org.sekisho.cli.evidence.VerifyEvidenceCommand;
import org.sekisho.cli.export.ExportsCommand;
import org.sekisho.cli.incident.IncidentRulesCommand;
import org.sekisho.cli.incident.IncidentsCommand;
import org.sekisho.cli.media.MediaCommand;
import org.sekisho.cli.notification.MailServerCommand;
import org.sekisho.cli.notification.NotificationsCommand;
import org.sekisho.cli.organisation.DivisionsCommand;
import org.sekisho.cli.organisation.GroupsCommand;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.overview.OverviewCommand;
import org.sekisho.cli.permit.PermitCommand;
import org.sekisho.cli.policy.ApproveCommand;
import org.sekisho.cli.policy.CheckCommand;
import org.sekisho.cli.policy.DiffCommand;
import org.sekisho.cli.policy.ExportCommand;
import org.sekisho.cli.policy.ImportCommand;
import org.sekisho.cli.policy.ListCommand;
import org.sekisho.cli.policy.PolicyCommand;
import org.sekisho.cli.policy.ProposalsCommand;
import org.sekisho.cli.policy.PublishCommand;
import org.sekisho.cli.policy.RefuseCommand;
import org.sekisho.cli.policy.RestoreCommand;
import org.sekisho.cli.policy.ShowCommand;
import org.sekisho.cli.policy.SimulateCommand;
import org.sekisho.cli.policy.StageCommand;
import org.sekisho.cli.policy.TemplateCommand;
import org.sekisho.cli.policy.WithdrawCommand;
import org.sekisho.cli.report.ReportCommand;
import org.sekisho.cli.rest.ServerRefusal;
import org.sekisho.cli.session.LoginCommand;
import org.sekisho.cli.session.LogoutCommand;
import org.sekisho.cli.session.WhoamiCommand;
import org.sekisho.cli.shadow.CustodianKeyCommand;
import org.sekisho.cli.shadow.ShadowCopiesCommand;
import org.sekisho.cli.terminal.EnrolmentTokenCommand;
import org.sekisho.cli.terminal.TerminalsCommand;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of commands, with its texts and with failures turned into messages and exit codes. */
final class Commands {
    private Commands() {}

    static CommandLine of(Workbench workbench) {
        CommandLine root = new CommandLine(new SekishoCommand(workbench))
                .addSubcommand("login", new LoginCommand(workbench))
                .addSubcommand("logout", new LogoutCommand(workbench))
                .addSubcommand("whoami", new WhoamiCommand(workbench))
                .addSubcommand(
                        "policy",
                        new CommandLine(new PolicyCommand(workbench))
                                .addSubcommand("check", new CheckCommand(workbench))
                                .addSubcommand("diff", new DiffCommand(workbench))
                                .addSubcommand("simulate", new SimulateCommand(workbench))
                                .addSubcommand("publish", new PublishCommand(workbench))
                                .addSubcommand("proposals", new ProposalsCommand(workbench))
                                .addSubcommand("approve", new ApproveCommand(workbench))
                                .addSubcommand("refuse", new RefuseCommand(workbench))
                                .addSubcommand("withdraw", new WithdrawCommand(workbench))
                                .addSubcommand("stage", new StageCommand(workbench))
                                .addSubcommand("restore", new RestoreCommand(workbench))
                                .addSubcommand("export", new ExportCommand(workbench))
                                .addSubcommand("import", new ImportCommand(workbench))
                                .addSubcommand("list", new ListCommand(workbench))
                                .addSubcommand("show", new ShowCommand(workbench))
                                .addSubcommand("template", new TemplateCommand(workbench)))
                .addSubcommand("overview", new OverviewCommand(workbench))
                .addSubcommand("alarms", new AlarmsCommand(workbench))
                .addSubcommand("terminals", new TerminalsCommand(workbench))
                .addSubcommand("divisions", new DivisionsCommand(workbench))
                .addSubcommand("groups", new GroupsCommand(workbench))
                .addSubcommand("enrolment-token", new EnrolmentTokenCommand(workbench))
                .addSubcommand("events", new EventsCommand(workbench))
                .addSubcommand("incidents", new IncidentsCommand(workbench))
                .addSubcommand("incident-rules", new IncidentRulesCommand(workbench))
                .addSubcommand("notifications", new NotificationsCommand(workbench))
                .addSubcommand("mail-server", new MailServerCommand(workbench))
                .addSubcommand("verify-evidence", new VerifyEvidenceCommand(workbench))
                .addSubcommand("report", new ReportCommand(workbench))
                .addSubcommand("exports", new ExportsCommand(workbench))
                .addSubcommand("permit", new PermitCommand(workbench))
                .addSubcommand("media", new MediaCommand(workbench))
                .addSubcommand("shadow-copies", new ShadowCopiesCommand(workbench))
                .addSubcommand("custodian-key", new CustodianKeyCommand(workbench))
                .addSubcommand("audit", new AuditCommand(workbench));
        return root.setOut(workbench.shell().out())
                .setErr(workbench.shell().err())
                .setResourceBundle(workbench.texts().bundle())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler((wrong, args) -> wrongUsage(wrong, workbench))
                .setExecutionExceptionHandler((failure, command, parsed) -> exitCode(failure, workbench));
    }

    private static int exitCode(Exception failure, Workbench workbench) {
        Output output = workbench.output();
        if (!(failure instanceof CommandFailure expected)) {
            output.note(workbench.texts().text("failure.unexpected", failure.toString()));
            return ExitCodes.UNUSABLE;
        }
        if (output.isJson()) {
            // One line, so that it also fits where JSON lines came before it.
            output.jsonLine(
                    expected instanceof ServerRefusal refusal
                            ? refusal.problem()
                            : JsonNodeFactory.instance.objectNode().put("title", message(expected)));
        }
        output.note(workbench.texts().text("failure", message(expected)));
        return expected.exitCode();
    }

    private static int wrongUsage(ParameterException wrong, Workbench workbench) {
        Texts texts = workbench.texts();
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String said = switch (wrong) {
            case MissingParameterException missing ->
                texts.text(
                        "usage.missing",
                        missing.getMissing().stream().map(Commands::label).collect(Collectors.joining(", ")),
                        name);
            case UnmatchedArgumentException unmatched ->
                texts.text("usage.unmatched", String.join(" ", unmatched.getUnmatched()), name);
            default -> texts.text("usage.wrong", String.valueOf(wrong.getMessage()), name);
        };
        workbench.output().note(texts.text("failure", said));
        if (!command.getSubcommands().isEmpty()) {
            command.usage(workbench.shell().err());
        }
        return ExitCodes.UNUSABLE;
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static String message(CommandFailure failure) {
        return String.valueOf(failure.getMessage());
    }
}
