package org.sekisho.control.notification;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What people are told of. The names are part of the REST interface. */
@Schema(name = "NotificationTopic")
public enum Topic {
    INCIDENT_OPENED,
    /** Its time to be closed has passed. */
    INCIDENT_OVERDUE,
    /** Something is not as it should be with a terminal. */
    ALARM
}
