package org.sekisho.agent.secret;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A secret's file or folder is not for the agent's account alone. The reason says what to set right. */
public final class ExposedSecretException extends FileSystemException {
    @Serial
    private static final long serialVersionUID = 1L;

    ExposedSecretException(Path file, String reason) {
        super(file.toString(), null, reason);
    }
}
