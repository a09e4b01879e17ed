package org.sekisho.agent.text;

import java.util.Locale;
import java.util.function.Function;
import org.sekisho.v1.Notice;

/** Notices in their two languages. */
public final class NoticeTexts {
    private NoticeTexts() {}

    /** What is shown to who reads {@code language}: English where that is asked for and there is any, else Japanese. */
    public static String in(Notice notice, Locale language) {
        boolean japanese = language.getLanguage().equals(Locale.JAPANESE.getLanguage());
        return japanese || notice.getEn().isEmpty() ? notice.getJa() : notice.getEn();
    }

    /** A notice of a text that there is in both. */
    public static Notice both(Function<Locale, String> text) {
        return Notice.newBuilder()
                .setJa(text.apply(Locale.JAPANESE))
                .setEn(text.apply(Locale.ENGLISH))
                .build();
    }

    /** A name that others chose, without what could turn a line around or hide in it. */
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }
}
