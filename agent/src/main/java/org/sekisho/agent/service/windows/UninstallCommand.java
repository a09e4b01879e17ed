package org.sekisho.agent.service.windows;

import com.sun.jna.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.text.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Stops the agent and takes it out of Windows' services; what it has recorded stays. Ends with 0, {@value
 * InstallCommand#FAILED}, or {@value InstallCommand#NOT_HERE} if this is not Windows.
 */
@Command(
        name = "uninstall",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.service.windows.messages")
public final class UninstallCommand implements Callable<Integer> {
    /** The journal is closed and helpers are ended within seconds; a loaded terminal takes longer. */
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Texts texts = Texts.beside(UninstallCommand.class, Locale.getDefault());

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!Platform.isWindows()) {
            return complain(InstallCommand.NOT_HERE, texts.of("not-windows"));
        }
        try {
            new ServiceRegistry().uninstall(ServiceSettings.NAME, STOP);
            if (spec != null) {
                spec.commandLine().getOut().println(texts.of("uninstalled", ServiceSettings.NAME));
            }
            return 0;
        } catch (IOException e) {
            return complain(InstallCommand.FAILED, texts.of("not-uninstalled", String.valueOf(e.getMessage())));
        }
    }

    private int complain(int status, String text) {
        if (spec != null) {
            spec.commandLine().getErr().println(text);
        }
        return status;
    }
}
