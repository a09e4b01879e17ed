package org.sekisho.control.alarm;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Open alarms in figures.
 *
 * @param open all that hold
 * @param unseen of them, those that nobody has acknowledged
 */
@Schema(
        name = "AlarmCounts",
        requiredProperties = {"open", "unseen", "silent", "clock", "journalShort", "recordLost", "channel"})
public record AlarmCounts(
        long open, long unseen, long silent, long clock, long journalShort, long recordLost, long channel) {}
