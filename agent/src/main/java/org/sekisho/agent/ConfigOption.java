package org.sekisho.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that every command with settings has. */
final class ConfigOption {
    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
    private @Nullable Path file;

    AgentConfig load() throws IOException {
        return AgentConfig.load(Optional.ofNullable(file));
    }
}
