package org.sekisho.policy;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of this package, Japanese and English. Immutable, safe for all threads. */
final class PolicyTexts {
    private static final ResourceBundle JAPANESE = bundle(Locale.JAPANESE);
    private static final ResourceBundle ENGLISH = bundle(Locale.ROOT);

    private PolicyTexts() {}

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "org.sekisho.policy.policy",
                language,
                PolicyTexts.class.getClassLoader(),
                // Without it a machine's own language would answer for a language that is asked for.
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static boolean isJapanese(Locale language) {
        return language.getLanguage().equals(Locale.JAPANESE.getLanguage());
    }

    static String format(Locale language, String key, List<String> args) {
        Locale spoken = isJapanese(language) ? Locale.JAPANESE : Locale.ENGLISH;
        return new MessageFormat((isJapanese(language) ? JAPANESE : ENGLISH).getString(key), spoken)
                .format(args.toArray());
    }
}
