package org.sekisho.control.notification;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.v1.Severity;

/**
 * Who is told of what, as it is needed for telling.
 *
 * @param secret key of a webhook's signature; null for mail
 * @param branch only of this branch; null: everything
 */
record Subscription(
        UUID id,
        String name,
        Transport transport,
        String address,
        @Nullable String anchor,
        @Nullable String secret,
        List<Topic> topics,
        Severity least,
        @Nullable String branch,
        boolean japanese,
        long bookmark,
        int failures) {

    /** How it gets there. */
    @Schema(name = "NotificationTransport")
    public enum Transport {
        MAIL,
        WEBHOOK
    }

    boolean wants(Notice notice) {
        return topics.contains(notice.topic())
                && notice.severity().getNumber() >= least.getNumber()
                && (branch == null || new OrgUnit(branch).contains(notice.orgUnit()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Subscription[" + name + " " + transport + "]";
    }
}
