package org.sekisho.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.profile.OwnerOnly;

/**
 * A folder with one YAML a segment, as git holds it: {@code my-number.yaml}, {@code lgwan.yaml}, {@code internet.yaml}, byte for byte
 * what was published. Policies are confidential, so that files are made readable by their owner alone.
 */
final class PolicyFolder {
    /** As the server names them. */
    static final List<String> SEGMENTS = List.of("MY_NUMBER", "LGWAN", "INTERNET");

    private final Path folder;
    private final Texts texts;

    PolicyFolder(Path folder, Texts texts) {
        this.folder = folder;
        this.texts = texts;
    }

    Path file(String segment) {
        return folder.resolve(segment.toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml");
    }

    /** The segment's text; empty if the folder has none. */
    Optional<String> read(String segment) {
        Path file = file(segment);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new PolicyFile(texts).read(file))
                : Optional.empty();
    }

    /** Writes the segment's text, whole or not at all. */
    void write(String segment, String yaml) {
        Path file = file(segment);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "policy", ".yaml", OwnerOnly.file(file));
            try {
                Files.write(fresh, yaml.getBytes(StandardCharsets.UTF_8));
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("export.unwritable", file, String.valueOf(e.getMessage())), e);
        }
    }
}
