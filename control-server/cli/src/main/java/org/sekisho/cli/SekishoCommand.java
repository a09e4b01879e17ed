package org.sekisho.cli;

import org.sekisho.cli.output.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "sekisho",
        mixinStandardHelpOptions = true,
        versionProvider = SekishoCommand.Version.class,
        scope = ScopeType.INHERIT)
final class SekishoCommand implements Runnable {
    private final Workbench workbench;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    SekishoCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            scope = ScopeType.INHERIT)
    void output(Format format) {
        workbench.use(format);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), workbench.texts().text("usage.no-command"));
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"sekisho " + (version == null ? "development" : version)};
        }
    }
}
