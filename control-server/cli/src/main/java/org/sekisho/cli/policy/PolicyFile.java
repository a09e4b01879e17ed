package org.sekisho.cli.policy;

import java.nio.file.Path;
import org.sekisho.cli.Texts;
import org.sekisho.cli.profile.SmallFile;

/** Reads a policy's text. */
final class PolicyFile {
    /** The largest document that the policy reader takes. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Texts texts;

    PolicyFile(Texts texts) {
        this.texts = texts;
    }

    String read(Path file) {
        return new SmallFile(texts).read(file, MAX_BYTES);
    }
}
