package org.sekisho.cli.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;

/** {@code sekisho logout}: forgets the stored token. The token itself stays valid until an administrator deletes it. */
@Command(name = "logout")
public final class LogoutCommand implements Callable<Integer> {
    private final Workbench workbench;

    public LogoutCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        boolean removed = workbench.profile().delete();
        workbench
                .output()
                .result(
                        JsonNodeFactory.instance.objectNode().put("removed", removed),
                        () -> workbench
                                .output()
                                .line(workbench
                                        .texts()
                                        .text(
                                                removed ? "logout.done" : "logout.nothing",
                                                workbench.profile().path())));
        return ExitCodes.OK;
    }
}
