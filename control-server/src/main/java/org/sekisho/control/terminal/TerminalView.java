package org.sekisho.control.terminal;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A terminal as operators see it. What it runs is what it reported, never what was sent.
 *
 * @param id as in its certificate
 * @param user accounts with a session now, the first one
 * @param connected a replica of the server holds its stream
 * @param runningRevision 0: no policy
 * @param intendedRevision what it should run: the segment's newest, unless that is tried by a pilot group first; 0: none
 * @param progress how far the intended revision has come
 * @param backlog events in its journal that the server hasn't got yet
 * @param durableSeq last event of its chain that is stored
 * @param certificateSerial of the certificate that ends last, lower-case hex
 * @param isolated nothing may leave it, by a command, as it last said
 * @param alarms how many alarms about it are open
 * @param groups names of the groups that it is in; only of a single terminal
 */
@Schema(
        name = "Terminal",
        requiredProperties = {
            "id",
            "host",
            "segment",
            "state",
            "connected",
            "runningRevision",
            "intendedRevision",
            "progress",
            "channels",
            "agentVersion",
            "os",
            "backlog",
            "durableSeq",
            "chain",
            "enrolledAt",
            "isolated",
            "alarms",
            "groups"
        })
public record TerminalView(
        String id,
        String host,
        String segment,
        @Nullable String orgUnit,
        @Nullable String user,
        State state,
        boolean connected,
        @Nullable Instant lastContactAt,
        long runningRevision,
        long intendedRevision,
        Progress progress,
        @Nullable String progressDetail,
        List<ChannelView> channels,
        String agentVersion,
        String os,
        @Nullable InventoryView inventory,
        long backlog,
        long durableSeq,
        Chain chain,
        @Nullable Instant certificateExpiresAt,
        @Nullable String certificateSerial,
        Instant enrolledAt,
        @Nullable Instant approvedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokeReason,
        boolean isolated,
        long alarms,
        List<String> groups) {
    /** May it connect, and gets it policies? */
    @Schema(name = "TerminalState")
    public enum State {
        ACTIVE("t.revoked_at IS NULL AND t.approved_at IS NOT NULL"),
        /** For an administrator's approval; until then it has no policy, and denies everything. */
        WAITING("t.revoked_at IS NULL AND t.approved_at IS NULL"),
        REVOKED("t.revoked_at IS NOT NULL AND t.retired_at IS NULL"),
        /** Taken out of use as planned. */
        RETIRED("t.retired_at IS NOT NULL");

        private final String condition;

        State(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    /** How a terminal in use stands. */
    @Schema(name = "TerminalStanding")
    public enum Standing {
        CONNECTED(CONNECTED_SQL),
        AWAY("NOT " + CONNECTED_SQL),
        ENFORCED(ENFORCED_SQL),
        LAGGING("(NOT " + ENFORCED_SQL + " AND NOT " + FAILED_SQL + ")"),
        FAILED(FAILED_SQL),
        ISOLATED("t.isolated"),
        ALARMED("EXISTS (SELECT 1 FROM alarm a WHERE a.terminal = t.id AND a.cleared_at IS NULL)");

        private final String condition;

        Standing(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    private static final String CONNECTED_SQL =
            "(t.replica IS NOT NULL AND coalesce(t.last_contact_at > :silent, false))";
    /** org.sekisho.v1.PolicyProgress.POLICY_REFUSED. */
    private static final String FAILED_SQL = "(t.failed OR coalesce(r.progress = 4, false))";
    /** Without an intended revision there is nothing to lag behind. */
    private static final String ENFORCED_SQL =
            "(NOT " + FAILED_SQL + " AND t.running_revision >= coalesce(p.revision, 0))";

    /** How far a revision has come. */
    @Schema(name = "RolloutProgress")
    public enum Progress {
        NONE,
        RECEIVED,
        VERIFIED,
        ENFORCED,
        REFUSED;

        /** From org.sekisho.v1.PolicyProgress' numbers; anything unknown is NONE. */
        public static Progress ofWire(int number) {
            return number > 0 && number < values().length ? values()[number] : NONE;
        }
    }

    /** Does its record hold? */
    @Schema(name = "ChainCondition")
    public enum Chain {
        WHOLE,
        BROKEN
    }

    /** How a channel stands, from what the terminal read back. */
    @Schema(
            name = "ChannelState",
            requiredProperties = {"channel", "mode", "detail"})
    public record ChannelView(String channel, Mode mode, String detail) {}

    /** See org.sekisho.v1.ChannelMode. */
    @Schema(name = "ChannelMode")
    public enum Mode {
        ENFORCED,
        AUDIT_ONLY,
        UNSUPPORTED,
        FAILED,
        INACTIVE
    }

    /** What the terminal says of itself; empty or 0 where its OS doesn't tell. */
    @Schema(
            name = "Inventory",
            requiredProperties = {
                "host",
                "os",
                "osVersion",
                "arch",
                "agentVersion",
                "javaVersion",
                "cpu",
                "logicalCpus",
                "memoryBytes",
                "users",
                "addresses",
                "hardwareSerial"
            })
    public record InventoryView(
            String host,
            String os,
            String osVersion,
            String arch,
            String agentVersion,
            String javaVersion,
            String cpu,
            int logicalCpus,
            long memoryBytes,
            List<String> users,
            List<String> addresses,
            String hardwareSerial) {}
}
