package org.sekisho.agent;

import com.sun.jna.Platform;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.service.ServiceNotifier;
import org.sekisho.agent.service.SystemdNotifier;
import org.sekisho.agent.service.windows.InstallCommand;
import org.sekisho.agent.service.windows.ServiceSettings;
import org.sekisho.agent.service.windows.UninstallCommand;
import org.sekisho.agent.service.windows.WindowsService;
import org.sekisho.agent.text.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the service until it is told to end. Prints a line that begins with {@code ready} when it is up. Ends with 0, with 1
 * if it can't go on, or with {@value #NOT_ENROLLED} if there is nothing to start for.
 */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.messages",
        subcommands = {InstallCommand.class, UninstallCommand.class})
final class ServiceCommand implements Callable<Integer> {
    /** {@code EX_CONFIG} of sysexits.h; the unit file keeps systemd from trying again. */
    static final int NOT_ENROLLED = 78;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--by-windows", descriptionKey = "by-windows")
    private boolean byWindows;

    @Override
    public Integer call() throws Exception {
        try (ServiceNotifier notifier = notifier()) {
            AgentRun run = new AgentRun(config.load(), notifier);
            if (byWindows) {
                return new WindowsService(ServiceSettings.NAME, run).run() ? 0 : 1;
            }
            Thread onSignal = new Thread(() -> run.stopAndWait("SIGTERM or SIGINT"), "stop");
            Runtime.getRuntime().addShutdownHook(onSignal);
            run.run(() -> say("ready"));
            return 0;
        } catch (AgentException e) {
            complain(e.getMessage());
            return e.notEnrolled() ? NOT_ENROLLED : 1;
        } catch (IOException | IllegalArgumentException e) {
            complain(Texts.beside(ServiceCommand.class, Locale.getDefault())
                    .of("config.wrong", String.valueOf(e.getMessage())));
            return 1;
        }
    }

    private static ServiceNotifier notifier() {
        return Platform.isLinux() ? SystemdNotifier.of(System.getenv()) : ServiceNotifier.none();
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }

    private void complain(@Nullable String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
        }
    }
}
