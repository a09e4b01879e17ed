package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.profile.OwnerOnly;
import org.sekisho.shadow.ShadowException;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.shadow.ShadowOpener;
import org.sekisho.v1.ShadowHeader;

/** The reader's step: from the server's sealed file to the clear one, which is there only when all of it is proven. */
final class CopyReader {
    /** More than the longest header. */
    private static final int AHEAD = 128 * 1024;

    private final Copy copy;
    private final Texts texts;

    CopyReader(Copy copy, Texts texts) {
        this.copy = copy;
        this.texts = texts;
    }

    /**
     * Opens a copy into a new file.
     *
     * @param event what the terminal recorded of the file; null: not known
     */
    Clear open(
            String opening,
            String reader,
            Copy.Approved approved,
            X25519PrivateKeyParameters key,
            @Nullable JsonNode event,
            Path to) {
        try (InputStream content = copy.content(opening)) {
            BufferedInputStream sealed = new BufferedInputStream(content, AHEAD);
            sealed.mark(AHEAD);
            mustBeOf(event, ShadowFormat.header(sealed));
            sealed.reset();
            Path fresh = fresh(to);
            try {
                String name;
                try (OutputStream clear = Files.newOutputStream(fresh)) {
                    name = ShadowOpener.open(sealed, approved.key(), reader, approved.approver(), key, clear);
                }
                Files.move(fresh, to);
                return new Clear(name, Files.size(to));
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("download.exists", to), e);
        } catch (ShadowException e) {
            throw new CommandFailure(
                    ExitCodes.REFUSED, texts.text("shadow-copies.not-opened", String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE, texts.text("shadow-copies.broken-off", to, String.valueOf(e.getMessage())), e);
        }
    }

    /** Another copy, or another file than the terminal recorded, may be whole too. */
    private void mustBeOf(@Nullable JsonNode event, ShadowHeader header) {
        if (!header.getId().equals(copy.id())) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("shadow-copies.other-copy"));
        }
        if (event == null) {
            return;
        }
        JsonNode file = EventFile.of(event);
        String sha256 = file.path("sha256").asText("");
        if (!file.path("shadowCopy").asText("").equals(copy.id()) || !sha256.equals(header.getSha256())) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("shadow-copies.other-file"));
        }
    }

    /** On the same volume, so that it can take the place in one step. */
    private static Path fresh(Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        return Files.createTempFile(
                folder == null ? to.toAbsolutePath().getRoot() : folder, ".sekisho", ".part", OwnerOnly.file(to));
    }

    /**
     * What was written.
     *
     * @param name path that the file should have got on its volume
     */
    record Clear(String name, long bytes) {}
}
