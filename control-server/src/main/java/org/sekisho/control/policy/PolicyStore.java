package org.sekisho.control.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.policy.PoliciesResource.PolicyPage;
import org.sekisho.control.policy.PoliciesResource.RolloutEntry;
import org.sekisho.control.policy.PoliciesResource.RolloutPage;
import org.sekisho.control.policy.PolicyView.RolloutView;
import org.sekisho.control.policy.PolicyView.StageState;
import org.sekisho.control.policy.PolicyView.StageView;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;

/** Published revisions in the database. Thread-safe; joins the caller's transaction. */
@Singleton
public class PolicyStore {
    private static final String[] PROGRESS = {"NONE", "RECEIVED", "VERIFIED", "ENFORCED", "REFUSED"};

    private static String select(Reach reach) {
        String seen = reach.condition("t.org_unit");
        return """
            SELECT p.*, p.revision = (SELECT max(c.revision) FROM policy c WHERE c.segment = p.segment) AS current,
                   CASE WHEN coalesce(s.state, 'ALL') = 'ALL'
                        THEN (SELECT count(*) FROM terminal t WHERE t.segment = p.segment AND t.revoked_at IS NULL AND %1$s)
                        ELSE (SELECT count(*) FROM terminal t WHERE t.segment = p.segment AND t.revoked_at IS NULL AND %1$s
                                     AND policy_meant_for(p.segment, p.revision, t)) END AS intended,
                   r.received, r.verified, r.enforced, r.refused,
                   (SELECT d.name FROM policy_proposal a JOIN operator d ON d.id = a.decided_by WHERE a.id = p.proposal) AS approved_by,
                   s.state AS stage, s.units, s.terminals, s.groups, s.changed_by, s.changed_at, s.reason AS stage_reason
            FROM policy p
            LEFT JOIN policy_stage s ON s.segment = p.segment AND s.revision = p.revision
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE progress = 1) AS received, count(*) FILTER (WHERE progress = 2) AS verified,
                       count(*) FILTER (WHERE progress = 3) AS enforced, count(*) FILTER (WHERE progress = 4) AS refused
                FROM rollout o JOIN terminal t ON t.id = o.terminal AND t.revoked_at IS NULL AND %1$s
                WHERE o.segment = p.segment AND o.revision = p.revision) r
            """.formatted(seen);
    }

    private static final String SIGNED = """
            SELECT p.revision, p.signed FROM policy p LEFT JOIN policy_stage s ON s.segment = p.segment AND s.revision = p.revision
            WHERE p.segment = :segment
            """;

    private static final String PILOT_GROUP = """
            SELECT t.id FROM policy_stage s JOIN terminal t ON t.segment = s.segment AND policy_pilot_has(s, t)
            WHERE s.segment = :segment AND s.revision = :revision AND s.state = 'PILOT' AND t.revoked_at IS NULL""";

    private final Jdbi jdbi;

    @Inject
    PolicyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    PolicyPage page(Reach reach, @Nullable String segment, int limit, @Nullable String after) {
        List<String> from = after == null ? List.of() : Cursor.read(after, 2);
        String where = " WHERE (:segment::smallint IS NULL OR p.segment = :segment::smallint)"
                + (after == null
                        ? ""
                        : " AND (p.published_at, p.segment) < (:at::timestamptz, :afterSegment::smallint)");
        List<PolicyView> found = jdbi.withHandle(handle -> {
            var query = reach.bind(handle.createQuery(
                            select(reach) + where + " ORDER BY p.published_at DESC, p.segment DESC LIMIT :limit")
                    .bind("segment", segment == null ? null : number(segment))
                    .bind("limit", limit + 1));
            if (after != null) {
                query.bind("at", from.get(0)).bind("afterSegment", Cursor.number(from.get(1)));
            }
            return query.map((row, context) -> view(row, false)).list();
        });
        if (found.size() <= limit) {
            return new PolicyPage(found, null);
        }
        PolicyView last = found.get(limit - 1);
        return new PolicyPage(
                List.copyOf(found.subList(0, limit)), Cursor.of(last.publishedAt(), number(last.segment())));
    }

    /** Each segment's newest, in the segments' order. */
    public List<PolicyView> newest(Reach reach) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(select(reach)
                        + " WHERE p.revision = (SELECT max(m.revision) FROM policy m WHERE m.segment = p.segment)"
                        + " ORDER BY p.segment"))
                .map((row, context) -> view(row, false))
                .list());
    }

    PolicyView current(Reach reach, String segment) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(
                                select(reach) + " WHERE p.segment = :segment ORDER BY p.revision DESC LIMIT 1")
                        .bind("segment", number(segment)))
                .map((row, context) -> view(row, true))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("published policy for", segment)));
    }

    PolicyView get(Reach reach, String segment, long revision) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery(select(reach) + " WHERE p.segment = :segment AND p.revision = :revision")
                                .bind("segment", number(segment))
                                .bind("revision", revision))
                .map((row, context) -> view(row, true))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("policy", segment + "/" + revision)));
    }

    RolloutPage rollout(Reach reach, String segment, long revision, int limit, @Nullable String after) {
        get(reach, segment, revision);
        List<String> from = after == null ? List.of("", "") : Cursor.read(after, 2);
        List<RolloutEntry> found =
                jdbi.withHandle(handle -> reach.bind(handle.createQuery("""
                        SELECT t.id, t.host, coalesce(o.progress, 0) AS progress, o.detail, o.at
                        FROM terminal t LEFT JOIN rollout o ON o.terminal = t.id AND o.segment = t.segment AND o.revision = :revision
                        WHERE t.segment = :segment AND t.revoked_at IS NULL AND (t.host, t.id) > (:host, :id) AND %s
                          AND (o.progress IS NOT NULL OR policy_meant_for(:segment::smallint, :revision, t))
                        ORDER BY t.host, t.id LIMIT :limit""".formatted(reach.condition("t.org_unit")))
                                .bind("segment", number(segment))
                                .bind("revision", revision)
                                .bind("host", from.get(0))
                                .bind("id", from.get(1))
                                .bind("limit", limit + 1))
                        .map((row, context) -> new RolloutEntry(
                                row.getString("id"),
                                row.getString("host"),
                                PROGRESS[Math.clamp(row.getInt("progress"), 0, PROGRESS.length - 1)],
                                row.getString("detail"),
                                Times.instantOrNull(row, "at")))
                        .list());
        if (found.size() <= limit) {
            return new RolloutPage(found, null);
        }
        RolloutEntry last = found.get(limit - 1);
        return new RolloutPage(List.copyOf(found.subList(0, limit)), Cursor.of(last.host(), last.terminal()));
    }

    /** What the segment's terminals should run, as they get it. */
    public Meant meant(Segment segment) {
        return jdbi.withHandle(handle -> {
            SignedRevision everybodys = handle.createQuery(SIGNED + """
                            AND coalesce(s.state, 'ALL') = 'ALL' ORDER BY p.revision DESC LIMIT 1""")
                    .bind("segment", segment.getNumber())
                    .map((row, context) -> signedRevision(row))
                    .findOne()
                    .orElse(null);
            SignedRevision pilots = handle.createQuery(SIGNED + """
                            AND s.state = 'PILOT' AND p.revision = (SELECT max(revision) FROM policy WHERE segment = :segment)""")
                    .bind("segment", segment.getNumber())
                    .map((row, context) -> signedRevision(row))
                    .findOne()
                    .orElse(null);
            return new Meant(everybodys, pilots);
        });
    }

    /** The terminals of the group that this revision goes to first, while it does. */
    public Set<String> pilotGroup(Segment segment, long revision) {
        return jdbi.withHandle(handle -> handle.createQuery(PILOT_GROUP)
                .bind("segment", segment.getNumber())
                .bind("revision", revision)
                .mapTo(String.class)
                .set());
    }

    /** Whether the terminal belongs to that group now. */
    public boolean isPilot(Segment segment, long revision, String terminal) {
        return jdbi.withHandle(handle -> handle.createQuery(PILOT_GROUP + " AND t.id = :terminal")
                .bind("segment", segment.getNumber())
                .bind("revision", revision)
                .bind("terminal", terminal)
                .mapTo(String.class)
                .findOne()
                .isPresent());
    }

    private static SignedRevision signedRevision(ResultSet row) throws SQLException {
        return new SignedRevision(row.getLong("revision"), signed(row.getBytes("signed")));
    }

    /** A revision of the segment that the terminal is in, as it was signed; empty if there is none. */
    Optional<Signed> signedFor(String terminal, long revision) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT p.signed FROM policy p JOIN terminal t ON t.segment = p.segment
                        WHERE t.id = :terminal AND p.revision = :revision""")
                .bind("terminal", terminal)
                .bind("revision", revision)
                .map((row, context) -> signed(row.getBytes("signed")))
                .findOne());
    }

    /** What is in force; held until the transaction ends, so that two can't publish the same number. */
    InForce lockInForce(Handle handle, Segment segment) {
        // "SEKISHOL" as a number, and the segment: one publication a segment at a time.
        handle.execute("SELECT pg_advisory_xact_lock(?)", 0x53454B4953484F4CL + segment.getNumber());
        return inForce(handle, segment);
    }

    InForce inForce(Segment segment) {
        return jdbi.withHandle(handle -> inForce(handle, segment));
    }

    private static InForce inForce(Handle handle, Segment segment) {
        record Row(Latest latest, StageState state) {}
        List<Row> rows = handle.createQuery("""
                        SELECT p.revision, p.yaml, coalesce(s.state, 'ALL') AS state
                        FROM policy p LEFT JOIN policy_stage s ON s.segment = p.segment AND s.revision = p.revision
                        WHERE p.segment = :segment AND p.revision >= (
                            SELECT coalesce(max(e.revision), 0) FROM policy e LEFT JOIN policy_stage w ON w.segment = e.segment AND w.revision = e.revision
                            WHERE e.segment = :segment AND coalesce(w.state, 'ALL') = 'ALL')
                        ORDER BY p.revision DESC""")
                .bind("segment", segment.getNumber())
                .map((row, context) -> new Row(
                        new Latest(row.getLong("revision"), row.getString("yaml")),
                        StageState.valueOf(row.getString("state"))))
                .list();
        if (rows.isEmpty()) {
            return new InForce(Latest.NONE, null, Latest.NONE);
        }
        Row newest = rows.getFirst();
        Row oldest = rows.getLast();
        return new InForce(
                newest.latest(), newest.state(), oldest.state() == StageState.ALL ? oldest.latest() : Latest.NONE);
    }

    /** A revision of the segment as it was signed. */
    Signed signed(String segment, long revision) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT signed FROM policy WHERE segment = :segment AND revision = :revision")
                .bind("segment", number(segment))
                .bind("revision", revision)
                .map((row, context) -> signed(row.getBytes("signed")))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("policy", segment + "/" + revision)));
    }

    /** A revision's text. */
    String yaml(String segment, long revision) {
        return String.valueOf(get(Reach.EVERYTHING, segment, revision).yaml());
    }

    /** Brings a staged revision to another state. */
    void setStage(
            Handle handle, String segment, long revision, StageState state, String by, String reason, Instant now) {
        handle.createUpdate("""
                        UPDATE policy_stage SET state = :state, changed_by = :by, changed_at = :now, reason = :reason
                        WHERE segment = :segment AND revision = :revision""")
                .bind("segment", number(segment))
                .bind("revision", revision)
                .bind("state", state.name())
                .bind("by", by)
                .bind("now", Times.sql(now))
                .bind("reason", reason)
                .execute();
    }

    private static Signed signed(byte[] stored) {
        try {
            return Signed.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored policy cannot be read", e);
        }
    }

    private static int number(String segment) {
        return WireNames.parse(Segment.class, segment).getNumber();
    }

    private static PolicyView view(ResultSet row, boolean withYaml) throws SQLException {
        return new PolicyView(
                WireNames.segment(row.getInt("segment")),
                row.getLong("revision"),
                row.getString("name"),
                row.getString("published_by"),
                Times.instant(row, "published_at"),
                row.getString("reason"),
                Times.instant(row, "expires_at"),
                row.getBoolean("current"),
                row.getBoolean("loosens"),
                row.getString("approved_by"),
                stage(row),
                new RolloutView(
                        row.getLong("intended"),
                        row.getLong("received"),
                        row.getLong("verified"),
                        row.getLong("enforced"),
                        row.getLong("refused")),
                withYaml ? row.getString("yaml") : null);
    }

    private static @Nullable StageView stage(ResultSet row) throws SQLException {
        Pilot pilot = Pilot.read(row, "");
        return pilot == null
                ? null
                : new StageView(
                        StageState.valueOf(row.getString("stage")),
                        pilot,
                        row.getString("changed_by"),
                        Times.instant(row, "changed_at"),
                        row.getString("stage_reason"));
    }

    /** A revision as it is sent. */
    public record SignedRevision(long revision, Signed signed) {}

    /**
     * What a segment's terminals should run.
     *
     * @param everybodys the newest revision that is everybody's; null: none
     * @param pilots a newer one, for the pilot group; null: none
     */
    public record Meant(
            @Nullable SignedRevision everybodys, @Nullable SignedRevision pilots) {}

    /** A revision's number and text; 0 and null: none. */
    record Latest(long revision, @Nullable String yaml) {
        static final Latest NONE = new Latest(0, null);
    }
}
