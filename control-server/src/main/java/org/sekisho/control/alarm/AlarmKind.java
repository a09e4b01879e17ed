package org.sekisho.control.alarm;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wrong. */
@Schema(name = "AlarmKind")
public enum AlarmKind {
    /** Nothing has been heard of it for longer than the settings' patience; ends when it is heard of. */
    SILENT,
    /** Its clock jumped, or is wrong; ends when a heartbeat shows it right. */
    CLOCK,
    /** Its journal has only the room left that is reserved for what was stopped; ends when there is room again. */
    JOURNAL_SHORT,
    /** It has lost events, as its own signed record says; nothing brings them back, so it ends when it is acknowledged. */
    RECORD_LOST,
    /** A channel that should be guarded is not, or no more; ends when the terminal reads back that it is. */
    CHANNEL
}
