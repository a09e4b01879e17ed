package org.sekisho.control.document;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;

/** Finds the font that documents are set in, once. Thread-safe. */
@Singleton
public class DocumentFont {
    private static final Logger LOG = Logger.getLogger(DocumentFont.class);
    /** Proportional Latin letters read better beside Japanese. */
    private static final List<Path> USUAL = List.of(
            Path.of("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf"),
            Path.of("/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf"),
            Path.of("/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf"));

    private final DocumentSettings settings;
    private byte @Nullable [] bytes;

    @Inject
    DocumentFont(DocumentSettings settings) {
        this.settings = settings;
    }

    /**
     * The font's file.
     *
     * @throws ProblemException 503 if there is none; it says what to do
     */
    synchronized byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = read();
            bytes = known;
        }
        return known;
    }

    private byte[] read() {
        Path file = settings.font()
                .orElseGet(() -> USUAL.stream()
                        .filter(Files::isReadable)
                        .findFirst()
                        .orElseThrow(() -> missing("No Japanese font was found on the server")));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            LOG.errorf(e, "Cannot read the documents' font %s", file);
            throw missing("The font " + file + " (sekisho.document.font) can't be read");
        }
    }

    private static ProblemException missing(String what) {
        return new ProblemException(
                503,
                "font-missing",
                what
                        + ": install Debian's fonts-ipafont-gothic, or set sekisho.document.font to a TrueType font with Japanese"
                        + " glyphs");
    }
}
