package org.sekisho.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The command's texts in one language: Japanese for {@link Locale#JAPANESE}, English for every other. Immutable. */
public final class Texts {
    private final Locale language;
    private final ResourceBundle bundle;

    public Texts(Locale language) {
        boolean japanese = language.getLanguage().equals(Locale.JAPANESE.getLanguage());
        this.language = japanese ? Locale.JAPANESE : Locale.ENGLISH;
        this.bundle = ResourceBundle.getBundle(
                "org.sekisho.cli.messages",
                japanese ? Locale.JAPANESE : Locale.ROOT,
                Texts.class.getClassLoader(),
                // Without it the machine's own language would answer for English.
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The text of a key, its arguments put in as {@link MessageFormat} does; an unknown key is a programming error. */
    public String text(String key, Object... args) {
        return new MessageFormat(bundle.getString(key), language).format(args);
    }

    /** The word for a name from the wire, such as {@code verdict.BLOCK}; the name itself where this version knows no word. */
    public String word(String family, String name) {
        String key = family + "." + name;
        return bundle.containsKey(key) ? bundle.getString(key) : name;
    }

    /** {@link Locale#JAPANESE} or {@link Locale#ENGLISH}. */
    public Locale language() {
        return language;
    }

    /** {@code ja} or {@code en}, as the server's documents name their texts. */
    public String tag() {
        return language.getLanguage();
    }

    ResourceBundle bundle() {
        return bundle;
    }
}
