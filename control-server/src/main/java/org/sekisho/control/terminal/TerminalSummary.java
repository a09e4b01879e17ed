package org.sekisho.control.terminal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many of the terminals stand how. Those that are revoked or retired count only there.
 *
 * @param total in use, waiting ones included
 * @param enforced run what they should, on every channel
 * @param lagging don't run what they should yet
 * @param isolated nothing may leave them, by a command
 * @param alarmed something is wrong with them: see the alarms
 * @param failed refused it, or have a channel that failed
 */
@Schema(
        name = "TerminalSummary",
        requiredProperties = {
            "total",
            "connected",
            "away",
            "enforced",
            "lagging",
            "failed",
            "isolated",
            "alarmed",
            "waiting",
            "revoked",
            "retired"
        })
public record TerminalSummary(
        long total,
        long connected,
        long away,
        long enforced,
        long lagging,
        long failed,
        long isolated,
        long alarmed,
        long waiting,
        long revoked,
        long retired) {}
