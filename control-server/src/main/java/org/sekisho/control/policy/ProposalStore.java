package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.policy.ProposalView.State;
import org.sekisho.control.policy.ProposalsResource.ProposalPage;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Segment;

/** Proposals in the database, which itself refuses consent by the proposer. Thread-safe; joins the caller's transaction. */
@Singleton
class ProposalStore {
    /** Over the longest holidays; a proposal that nobody looked at for longer is no longer thought through. */
    private static final Duration LIFE = Duration.ofDays(14);

    private static final String SELECT = """
            SELECT * FROM (
                SELECT p.*, a.name AS author, d.name AS judge, p.proposed_by = :me AS mine,
                       CASE WHEN p.state <> 'OPEN' THEN p.state
                            WHEN p.expires_at <= :now THEN 'EXPIRED'
                            WHEN p.base_revision <> (SELECT max(c.revision) FROM policy c WHERE c.segment = p.segment) THEN 'STALE'
                            ELSE 'OPEN' END AS standing
                FROM policy_proposal p JOIN operator a ON a.id = p.proposed_by LEFT JOIN operator d ON d.id = p.decided_by) found
            """;

    private final Jdbi jdbi;

    @Inject
    ProposalStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An open proposal, locked until the transaction ends. */
    record Open(
            long id,
            String segment,
            String yaml,
            String reason,
            long baseRevision,
            @Nullable Pilot pilot,
            UUID proposedBy,
            String author) {}

    long insert(
            Handle handle,
            Policy draft,
            String yaml,
            String reason,
            long base,
            @Nullable Pilot pilot,
            UUID author,
            Instant now) {
        if (pilot != null) {
            pilot.holdGroups(handle);
        }
        return handle.createQuery("""
                        INSERT INTO policy_proposal (segment, name, yaml, reason, base_revision, pilot_units, pilot_terminals, pilot_groups,
                                                     proposed_by, proposed_at, expires_at)
                        VALUES (:segment, :name, :yaml, :reason, :base, :units, :terminals, :groups, :by, :now, :expires) RETURNING id""")
                .bind("segment", draft.getSegmentValue())
                .bind("name", draft.getName())
                .bind("yaml", yaml)
                .bind("reason", reason)
                .bind("base", base)
                .bindByType("units", pilot == null ? null : pilot.unitArray(), String[].class)
                .bindByType("terminals", pilot == null ? null : pilot.terminalArray(), String[].class)
                .bindByType("groups", pilot == null ? null : pilot.groupArray(), UUID[].class)
                .bind("by", author)
                .bind("now", Times.sql(now))
                .bind("expires", Times.sql(now.plus(LIFE)))
                .mapTo(Long.class)
                .one();
    }

    /** Newest first. */
    ProposalPage page(
            @Nullable String segment, boolean openOnly, int limit, @Nullable String after, UUID me, Instant now) {
        long before = after == null
                ? Long.MAX_VALUE
                : Cursor.number(Cursor.read(after, 1).getFirst());
        List<ProposalView> found = jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                         WHERE id < :before AND (:segment::smallint IS NULL OR segment = :segment::smallint)
                           AND (NOT :openOnly OR standing = 'OPEN') ORDER BY id DESC LIMIT :limit""")
                .bind("before", before)
                .bind(
                        "segment",
                        segment == null
                                ? null
                                : WireNames.parse(Segment.class, segment).getNumber())
                .bind("openOnly", openOnly)
                .bind("limit", limit + 1)
                .bind("me", me)
                .bind("now", Times.sql(now))
                .map((row, context) -> view(row, false))
                .list());
        if (found.size() <= limit) {
            return new ProposalPage(found, null);
        }
        return new ProposalPage(
                List.copyOf(found.subList(0, limit)),
                Cursor.of(found.get(limit - 1).id()));
    }

    ProposalView get(long id, UUID me, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .bind("me", me)
                .bind("now", Times.sql(now))
                .map((row, context) -> view(row, true))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("policy proposal", id)));
    }

    /**
     * The proposal, if this operator may consent to it or refuse it now, as far as it alone tells.
     *
     * @throws ProblemException 403 for its author and for scripts, 409 if it isn't open
     */
    Open lockForJudgement(Handle handle, long id, SignedIn operator, Instant now) {
        Open proposal = lock(handle, id, now);
        if (proposal.proposedBy().equals(operator.id())) {
            throw new ProblemException(
                    403, "own-proposal", "Nobody decides on what they proposed themselves, by whichever token");
        }
        if (!operator.isPerson()) {
            throw new ProblemException(
                    403, "not-a-person", "A second person has to decide; this operator is a script's");
        }
        return proposal;
    }

    /**
     * The proposal, if it is open.
     *
     * @throws ProblemException 404, or 409 if it was decided or has expired
     */
    Open lock(Handle handle, long id, Instant now) {
        record Found(Open open, String state, Instant expires) {}
        Found found = handle.createQuery("""
                        SELECT p.*, a.name AS author FROM policy_proposal p JOIN operator a ON a.id = p.proposed_by
                        WHERE p.id = :id FOR UPDATE OF p""")
                .bind("id", id)
                .map((row, context) -> new Found(
                        new Open(
                                id,
                                WireNames.segment(row.getInt("segment")),
                                row.getString("yaml"),
                                row.getString("reason"),
                                row.getLong("base_revision"),
                                Pilot.read(row, "pilot_"),
                                row.getObject("proposed_by", UUID.class),
                                row.getString("author")),
                        row.getString("state"),
                        Times.instant(row, "expires_at")))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("policy proposal", id));
        if (!found.state().equals(State.OPEN.name())) {
            throw new ProblemException(409, "proposal-decided", "Proposal " + id + " is " + found.state() + " already");
        }
        if (!found.expires().isAfter(now)) {
            throw new ProblemException(
                    409,
                    "proposal-expired",
                    "Proposal " + id + " expired at " + found.expires() + "; propose it again");
        }
        return found.open();
    }

    /** Ends a proposal that {@link #lock} answered. */
    void decide(
            Handle handle,
            long id,
            State state,
            UUID by,
            @Nullable String reason,
            @Nullable Long revision,
            Instant now) {
        handle.createUpdate("""
                        UPDATE policy_proposal SET state = :state, decided_by = :by, decided_at = :now, decision_reason = :reason, revision = :revision
                        WHERE id = :id""")
                .bind("id", id)
                .bind("state", state.name())
                .bind("by", by)
                .bind("now", Times.sql(now))
                .bind("reason", reason)
                .bind("revision", revision)
                .execute();
    }

    private static ProposalView view(ResultSet row, boolean withYaml) throws SQLException {
        return new ProposalView(
                row.getLong("id"),
                WireNames.segment(row.getInt("segment")),
                row.getString("name"),
                row.getString("reason"),
                row.getLong("base_revision"),
                State.valueOf(row.getString("standing")),
                row.getString("author"),
                Times.instant(row, "proposed_at"),
                Times.instant(row, "expires_at"),
                row.getBoolean("mine"),
                Pilot.read(row, "pilot_"),
                row.getString("judge"),
                Times.instantOrNull(row, "decided_at"),
                row.getString("decision_reason"),
                row.getObject("revision", Long.class),
                null,
                withYaml ? row.getString("yaml") : null);
    }
}
