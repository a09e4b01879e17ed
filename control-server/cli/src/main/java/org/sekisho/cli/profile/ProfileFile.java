package org.sekisho.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Shell;
import org.sekisho.cli.Texts;

/** The file {@code $XDG_CONFIG_HOME/sekisho/profile.json} (by default under {@code ~/.config}), readable by its owner only. */
public final class ProfileFile {
    /** A few CA certificates of some 2 KiB each, a token and an address. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Texts texts;

    public ProfileFile(Shell shell, Texts texts) {
        Path configuration = shell.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> shell.home().resolve(".config"));
        this.file = configuration.resolve("sekisho").resolve("profile.json");
        this.texts = texts;
    }

    /** Where it is, for messages. */
    public Path path() {
        return file;
    }

    /** The stored sign-in; empty when there is none. Refuses a file that others can read. */
    public Optional<Profile> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new SmallFile(texts).readSecret(file, MAX_BYTES);
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path("server").isTextual()
                    && json.path("token").isTextual()
                    && json.path("caPem").isTextual()) {
                return Optional.of(new Profile(
                        URI.create(json.path("server").asText()),
                        json.path("token").asText(),
                        json.path("caPem").asText()));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The parser's own message would quote the file, and with it the token.
            throw damaged();
        }
        throw damaged();
    }

    /** Replaces the stored sign-in in one step: a reader sees the old or the new one, whole. */
    public void write(Profile profile) {
        byte[] json = JSON.createObjectNode()
                .put("server", profile.server().toString())
                .put("token", profile.token())
                .put("caPem", profile.caPem())
                .toPrettyString()
                .getBytes(StandardCharsets.UTF_8);
        Path directory = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(directory, OwnerOnly.directory(file));
            Path fresh = Files.createTempFile(directory, "profile", ".json", OwnerOnly.file(file));
            try {
                Files.write(fresh, json);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("profile.unwritable", file, String.valueOf(e.getMessage())), e);
        }
    }

    /** Removes the stored sign-in; false when there was none. */
    public boolean delete() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("profile.unwritable", file, String.valueOf(e.getMessage())), e);
        }
    }

    private CommandFailure damaged() {
        return new CommandFailure(ExitCodes.UNUSABLE, texts.text("profile.damaged", file));
    }
}
