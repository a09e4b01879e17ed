package org.sekisho.cli.policy;

import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sekisho policy}: the group; each act is a command of its own. */
@Command(name = "policy")
public final class PolicyCommand implements Runnable {
    private final Workbench workbench;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public PolicyCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), workbench.texts().text("usage.no-command"));
    }
}
