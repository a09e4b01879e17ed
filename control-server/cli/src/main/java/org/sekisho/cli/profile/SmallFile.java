package org.sekisho.cli.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;

/** Reads files that an operator names, whole and bounded, with failures in words. */
public final class SmallFile {
    private final Texts texts;

    public SmallFile(Texts texts) {
        this.texts = texts;
    }

    /** The file's text, which must be UTF-8; {@link CommandFailure} when it can't be read or is over {@code maxBytes}. */
    public String read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("file.too-large", file, maxBytes));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("file.missing", file), e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("file.denied", file), e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("file.not-utf8", file), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("file.unreadable", file, String.valueOf(e.getMessage())), e);
        }
    }

    /** As {@link #read}, and refuses a file that anyone but its owner can read. */
    public String readSecret(Path file, int maxBytes) {
        String text = read(file, maxBytes);
        try {
            if (!OwnerOnly.holdsFor(file)) {
                throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("file.open-to-others", file));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("file.unreadable", file, String.valueOf(e.getMessage())), e);
        }
        return text;
    }
}
