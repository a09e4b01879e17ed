package org.sekisho.agent;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.media.DeviceBus;
import org.sekisho.agent.channel.media.linux.DefaultDeny;
import org.sekisho.agent.channel.media.linux.LinuxDeviceBus;
import org.sekisho.agent.text.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sets up, and takes away, what keeps removable devices out while the agent does not run. */
@Command(name = "media", mixinStandardHelpOptions = true, resourceBundle = "org.sekisho.agent.messages")
final class MediaCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "install-default-deny",
            mixinStandardHelpOptions = true,
            resourceBundle = "org.sekisho.agent.messages")
    int install(
            @Option(names = "--from-kernel", descriptionKey = "from-kernel") boolean fromKernel,
            @Option(names = "--root", descriptionKey = "media-root", defaultValue = "/") Path root)
            throws IOException {
        if (!AgentConfig.load(Optional.empty()).mediaEnforce()) {
            throw new IOException("sekisho.media.enforce=false: an agent that only watches would let nothing in again");
        }
        return finish(root, new DefaultDeny(root).install(fromKernel), "media.installed");
    }

    @Command(
            name = "remove-default-deny",
            mixinStandardHelpOptions = true,
            resourceBundle = "org.sekisho.agent.messages")
    int remove(@Option(names = "--root", descriptionKey = "media-root", defaultValue = "/") Path root)
            throws IOException {
        List<List<String>> commands = new DefaultDeny(root).remove();
        if (root.equals(Path.of("/")) && Platform.isLinux()) {
            openAgain();
        }
        return finish(root, commands, "media.removed");
    }

    private static void openAgain() throws IOException {
        if (!LinuxDeviceBus.isOnThisMachine()) {
            return;
        }
        try (DeviceBus bus = LinuxDeviceBus.ofThisMachine()) {
            bus.allowByDefault();
        } catch (ChannelException e) {
            throw new IOException("the devices' default can't be opened again: " + e.getMessage(), e);
        }
    }

    private int finish(Path root, List<List<String>> commands, String done) throws IOException {
        PrintWriter out = requireNonNull(spec, "spec is null").commandLine().getOut();
        boolean here = root.equals(Path.of("/"));
        for (List<String> command : commands) {
            if (!here) {
                out.println(String.join(" ", command));
            } else if (!succeeded(command)) {
                throw new IOException("this failed; run it by hand: " + String.join(" ", command));
            }
        }
        out.println(Texts.beside(MediaCommand.class, Locale.getDefault()).of(done));
        return 0;
    }

    private static boolean succeeded(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
