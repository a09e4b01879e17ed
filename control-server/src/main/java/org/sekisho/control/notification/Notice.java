package org.sekisho.control.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.LocalText;
import org.sekisho.v1.Severity;

/**
 * Something to be told. Goes out in mails that anybody on the way may read: nothing in it is personal.
 *
 * @param subject what it is about, such as an incident's number; each is told of once in a topic
 * @param orgUnit division of the terminal; null: none
 * @param title one line, of the kind of thing only
 * @param page of the console, such as {@code /incidents/41}
 */
public record Notice(
        Topic topic,
        String subject,
        Severity severity,
        @Nullable String orgUnit,
        LocalText title,
        String page,
        Instant raisedAt) {}
