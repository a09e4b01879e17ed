package org.sekisho.control.notification;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.sekisho.control.rest.LocalText;
import org.sekisho.v1.Severity;

/** A mail: how many of what, how severe, and where to look. Nothing else: who is meant is on the console. */
record MailText(String subject, String body) {
    static final String BUNDLE = "org.sekisho.control.notification.texts";

    /** Of these notices. */
    static MailText of(List<Notice> notices, boolean japanese, String console) {
        Locale locale = japanese ? Locale.JAPANESE : Locale.ENGLISH;
        ResourceBundle texts = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Severity worst = notices.stream()
                .map(Notice::severity)
                .max(java.util.Comparator.comparingInt(Severity::getNumber))
                .orElse(Severity.LOW);
        StringBuilder body = new StringBuilder();
        for (Notice notice : notices) {
            body.append(texts.getString("topic." + notice.topic()))
                    .append(": ")
                    .append(say(notice.title(), japanese))
                    .append('\n')
                    .append(texts.getString("severity"))
                    .append(": ")
                    .append(texts.getString("severity." + notice.severity()))
                    .append('\n')
                    .append(console)
                    .append(notice.page())
                    .append("\n\n");
        }
        body.append(texts.getString("footer")).append('\n');
        LocalText subject = LocalText.of(BUNDLE, "subject", notices.size(), texts.getString("severity." + worst));
        return new MailText(say(subject, japanese), body.toString());
    }

    /** To try a server. */
    static MailText trial() {
        LocalText subject = LocalText.of(BUNDLE, "trial");
        return new MailText(subject.ja() + " / " + subject.en(), subject.ja() + "\n" + subject.en() + "\n");
    }

    private static String say(LocalText text, boolean japanese) {
        return japanese ? text.ja() : text.en();
    }
}
