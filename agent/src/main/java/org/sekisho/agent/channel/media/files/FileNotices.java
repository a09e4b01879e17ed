package org.sekisho.agent.channel.media.files;

import java.util.List;
import java.util.Locale;
import org.sekisho.agent.content.LabelTexts;
import org.sekisho.agent.content.Masker;
import org.sekisho.agent.text.NoticeTexts;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Label;
import org.sekisho.v1.Notice;

/** What people read about a file: which it is, what it carries, what became of it, and why. */
final class FileNotices {
    /** A window has room for a name; of a longer path its end says more. */
    private static final int NAME_CHARACTERS = 80;

    private FileNotices() {}

    /** A text that names no file. */
    static Notice plain(String key) {
        return NoticeTexts.both(
                language -> Texts.beside(FileNotices.class, language).of(key));
    }

    /** A text of {@code key} about the file of an attempt. */
    static Notice of(String key, Attempt attempt) {
        return NoticeTexts.both(language -> about(key, attempt, language));
    }

    /** The same, with what the rule says itself. */
    static Notice of(String key, Attempt attempt, Notice why) {
        return NoticeTexts.both(language -> about(key, attempt, language) + "\n" + NoticeTexts.in(why, language));
    }

    private static String about(String key, Attempt attempt, Locale language) {
        Texts texts = Texts.beside(FileNotices.class, language);
        List<Label> labels = attempt.getLabelsList();
        String name = shown(attempt.getMedia().getFile().getName());
        String file = labels.isEmpty()
                ? texts.of("file.named", name)
                : texts.of("file.carrying", name, LabelTexts.of(labels, language));
        return texts.of(key, file);
    }

    private static String shown(String path) {
        String masked = NoticeTexts.shown(Masker.mask(path));
        int from = masked.length() - NAME_CHARACTERS;
        if (from <= 0) {
            return masked;
        }
        // Half a character is none.
        return "…" + masked.substring(Character.isLowSurrogate(masked.charAt(from)) ? from + 1 : from);
    }
}
