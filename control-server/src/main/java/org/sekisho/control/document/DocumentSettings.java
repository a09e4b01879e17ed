package org.sekisho.control.document;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How documents are made; names are {@code sekisho.document.…}. */
@ConfigMapping(prefix = "sekisho.document")
public interface DocumentSettings {
    /** A TrueType font with Japanese glyphs; absent: the first that is found where Debian puts them. */
    Optional<Path> font();
}
