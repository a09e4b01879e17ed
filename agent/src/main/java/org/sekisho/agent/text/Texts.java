package org.sekisho.agent.text;

import static java.util.Objects.requireNonNull;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * The messages of one package, in one language. They lie in {@code messages.properties} (English) and {@code
 * messages_ja.properties} beside the package's classes; texts are {@link MessageFormat} patterns. Thread-safe.
 */
public final class Texts {
    private final ResourceBundle bundle;
    private final Locale locale;

    private Texts(ResourceBundle bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
    }

    /** The messages beside {@code anchor}: Japanese for a Japanese locale, English for any other. */
    public static Texts beside(Class<?> anchor, Locale locale) {
        requireNonNull(locale, "locale is null");
        String name = anchor.getPackageName() + ".messages";
        // No fall-back to the machine's locale: English that was asked for on a Japanese terminal is English.
        Control exactly = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
        return new Texts(ResourceBundle.getBundle(name, locale, anchor.getClassLoader(), exactly), locale);
    }

    /**
     * One message, its {@code {0}} and so on filled in.
     *
     * @throws java.util.MissingResourceException if there is none of this name
     */
    public String of(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** The bundle itself, for what reads bundles by itself. */
    public ResourceBundle bundle() {
        return bundle;
    }
}
