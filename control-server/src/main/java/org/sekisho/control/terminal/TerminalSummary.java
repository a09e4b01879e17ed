package org.sekisho.control.terminal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many of the terminals stand how. Those that are revoked or retired count only there.
 *
 * @param total in use, waiting ones included
 * @param enforced run what they should, on every channel
 * @param lagging don't run what they should yet
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
        long waiting,
        long revoked,
        long retired) {}
