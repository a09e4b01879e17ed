/**
 * Telling people, by mail or webhook, of incidents that were opened or are overdue and of alarms. What is to be told is written
 * down first (a bounded board of notices), and each subscription follows it by a bookmark of its own: at least once, with
 * retries, and without ever making ingest wait.
 */
@NullMarked
package org.sekisho.control.notification;

import org.jspecify.annotations.NullMarked;
