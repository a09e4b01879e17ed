package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * What a notice window shows, as it is passed over standard input.
 *
 * @param language of the window's own words
 * @param text what to tell, at most {@value #MOST_CHARACTERS} characters
 * @param asksForReason the user is asked to type a reason
 * @param seconds until the window closes by itself
 */
record NoticeText(Locale language, String text, boolean asksForReason, int seconds) {
    /** Twice what a policy's notice may have. */
    static final int MOST_CHARACTERS = 1_000;

    NoticeText {
        requireNonNull(language, "language is null");
        requireNonNull(text, "text is null");
        text = text.substring(0, Math.min(MOST_CHARACTERS, text.length()));
    }

    String written() {
        Properties properties = new Properties();
        properties.setProperty("language", language.toLanguageTag());
        properties.setProperty("text", text);
        properties.setProperty("asksForReason", Boolean.toString(asksForReason));
        properties.setProperty("seconds", Integer.toString(seconds));
        StringWriter out = new StringWriter();
        try {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can't fail to be written", e);
        }
        return out.toString();
    }

    /** @throws IOException if it isn't a notice */
    static NoticeText read(String written) throws IOException {
        Properties properties = new Properties();
        try (Reader in = new StringReader(written)) {
            properties.load(in);
            return new NoticeText(
                    Locale.forLanguageTag(properties.getProperty("language", "ja")),
                    properties.getProperty("text", ""),
                    Boolean.parseBoolean(properties.getProperty("asksForReason")),
                    Integer.parseInt(properties.getProperty("seconds", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException("standard input holds no notice", e);
        }
    }
}
