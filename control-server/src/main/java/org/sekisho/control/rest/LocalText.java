package org.sekisho.control.rest;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A text for people in both languages of the console. */
@Schema(
        required = true,
        requiredProperties = {"ja", "en"})
public record LocalText(String ja, String en) {
    /** The text of this key in the bundle, with its {@link MessageFormat} places filled. */
    public static LocalText of(String bundle, String key, Object... values) {
        return new LocalText(text(bundle, Locale.JAPANESE, key, values), text(bundle, Locale.ENGLISH, key, values));
    }

    private static String text(String bundle, Locale locale, String key, Object... values) {
        ResourceBundle texts = ResourceBundle.getBundle(
                bundle, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(texts.getString(key), locale).format(values);
    }
}
