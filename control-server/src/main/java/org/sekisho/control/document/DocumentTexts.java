package org.sekisho.control.document;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** A document's texts in one language, from a feature's bundle; times are Japan's. Immutable. */
public final class DocumentTexts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Tokyo"));

    private final ResourceBundle texts;
    private final Locale language;

    /** The bundle's texts, with no other language for what it lacks. */
    public DocumentTexts(String bundle, Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                bundle,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The key's text; the last part of the key itself for what a newer terminal sent. */
    public String text(String key, Object... values) {
        return texts.containsKey(key)
                ? new MessageFormat(texts.getString(key), language).format(values)
                : key.substring(key.lastIndexOf('.') + 1);
    }

    /** Japan's time. */
    public String time(Instant at) {
        return TIME.format(at);
    }
}
