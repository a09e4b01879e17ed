package org.sekisho.agent.service.windows;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.text.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the agent into Windows' services. Ends with 0, {@value #FAILED}, or {@value #NOT_HERE} if this is not Windows. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.service.windows.messages")
public final class InstallCommand implements Callable<Integer> {
    static final int FAILED = 1;
    /** {@code EX_UNAVAILABLE} of sysexits.h. */
    static final int NOT_HERE = 69;

    private final Texts texts = Texts.beside(InstallCommand.class, Locale.getDefault());

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--state-dir", required = true, paramLabel = "DIR", descriptionKey = "state-dir")
    private Path stateDir = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
    private @Nullable Path config;

    @Override
    public Integer call() {
        if (!Platform.isWindows()) {
            return complain(NOT_HERE, texts.of("not-windows"));
        }
        try {
            Path state = stateDir.toAbsolutePath();
            PrivateTree.at(state);
            Path scratch = state.resolve("tmp");
            PrivateTree.at(scratch);
            String mainClass = System.getProperty("sekisho.main", "org.sekisho.agent.Main");
            List<String> lost = new ServiceRegistry()
                    .install(new ServiceSettings(
                            ServiceSettings.NAME,
                            texts.of("display-name"),
                            ServiceProgram.command(mainClass, state, scratch, config)));
            for (String one : lost) {
                complain(0, texts.of("not-held", one));
            }
            say(texts.of("installed", ServiceSettings.NAME));
            return 0;
        } catch (IOException e) {
            return complain(FAILED, texts.of("not-installed", String.valueOf(e.getMessage())));
        }
    }

    private void say(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text);
        }
    }

    private int complain(int status, String text) {
        if (spec != null) {
            spec.commandLine().getErr().println(text);
        }
        return status;
    }
}
