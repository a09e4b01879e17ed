package org.sekisho.agent.channel.media;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sekisho.agent.content.Masker;
import org.sekisho.agent.text.NoticeTexts;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;

/** What people read about a device: which it is, what became of it, and the rule's own words on why and what to do. */
final class MediaNotices {
    /** A device may call itself anything; a window has room for a name. */
    private static final int NAME_CHARACTERS = 60;

    private final RemovableDevice device;
    private final Locale language;
    private final Texts texts;

    private MediaNotices(RemovableDevice device, Locale language) {
        this.device = device;
        this.language = language;
        this.texts = Texts.beside(MediaNotices.class, language);
    }

    /** What was done about a device. */
    static Notice told(RemovableDevice device, List<ClassRuling> rulings) {
        return NoticeTexts.both(language -> new MediaNotices(device, language).told(rulings));
    }

    /** What has to be answered before it is let in. */
    static Notice asked(RemovableDevice device, List<ClassRuling> rulings, Notice why) {
        return NoticeTexts.both(language -> new MediaNotices(device, language).asked(rulings, why));
    }

    private String told(List<ClassRuling> rulings) {
        Set<String> lines = new LinkedHashSet<>();
        for (String outcome : List.of("failed", "unreadable", "blocked", "read-only")) {
            List<ClassRuling> such = rulings.stream()
                    .filter(ruling -> outcome(ruling).equals(outcome))
                    .toList();
            if (!such.isEmpty()) {
                lines.add(texts.of("device." + outcome, named(such)));
                if (outcome.equals("blocked") || outcome.equals("read-only")) {
                    such.forEach(ruling -> lines.add(NoticeTexts.in(ruling.notice(), language)));
                }
            }
        }
        return String.join("\n", lines);
    }

    private String asked(List<ClassRuling> rulings, Notice why) {
        return texts.of("device.asked", named(rulings)) + "\n" + NoticeTexts.in(why, language);
    }

    private static String outcome(ClassRuling ruling) {
        if (ruling.enforcement() == Enforcement.NOT_ENFORCED) {
            return "failed";
        }
        if (ruling.decision().getReason() == Reason.UNREADABLE) {
            return "unreadable";
        }
        return ruling.access() == Access.READ_ONLY ? "read-only" : "blocked";
    }

    private String named(List<ClassRuling> rulings) {
        Set<MediaClass> types = rulings.stream().map(ClassRuling::type).collect(Collectors.toCollection(TreeSet::new));
        String classes = types.stream()
                .map(type -> texts.of("class." + type.name()))
                .collect(Collectors.joining(texts.of("class.separator")));
        String name = shown(device.name());
        return name.isEmpty() ? classes : texts.of("device.named", name, classes);
    }

    private static String shown(String name) {
        String shown = NoticeTexts.shown(Masker.mask(name));
        int end = shown.offsetByCodePoints(0, Math.min(NAME_CHARACTERS, shown.codePointCount(0, shown.length())));
        return shown.substring(0, end);
    }
}
