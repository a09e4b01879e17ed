package org.sekisho.control.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.policy.PoliciesResource.PolicyPage;
import org.sekisho.control.policy.PoliciesResource.RolloutEntry;
import org.sekisho.control.policy.PoliciesResource.RolloutPage;
import org.sekisho.control.policy.PolicyView.RolloutView;
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
                   (SELECT count(*) FROM terminal t WHERE t.segment = p.segment AND t.revoked_at IS NULL AND %s) AS intended,
                   r.received, r.verified, r.enforced, r.refused
            FROM policy p
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE progress = 1) AS received, count(*) FILTER (WHERE progress = 2) AS verified,
                       count(*) FILTER (WHERE progress = 3) AS enforced, count(*) FILTER (WHERE progress = 4) AS refused
                FROM rollout o JOIN terminal t ON t.id = o.terminal AND t.revoked_at IS NULL AND %s
                WHERE o.segment = p.segment AND o.revision = p.revision) r
            """.formatted(seen, seen);
    }

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

    /** The segment's newest revision, as terminals get it. */
    public Optional<SignedRevision> signed(Segment segment) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT revision, signed FROM policy WHERE segment = :segment ORDER BY revision DESC LIMIT 1")
                .bind("segment", segment.getNumber())
                .map((row, context) -> new SignedRevision(row.getLong("revision"), signed(row.getBytes("signed"))))
                .findOne());
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

    /**
     * The newest revision's number and text, or 0 and nothing; held until the transaction ends, so that two can't
     * publish the same number.
     */
    Latest lockLatest(Handle handle, Segment segment) {
        // "SEKISHOL" as a number, and the segment: one publication a segment at a time.
        handle.execute("SELECT pg_advisory_xact_lock(?)", 0x53454B4953484F4CL + segment.getNumber());
        return latest(handle, segment);
    }

    Latest latest(Segment segment) {
        return jdbi.withHandle(handle -> latest(handle, segment));
    }

    private static Latest latest(Handle handle, Segment segment) {
        return handle.createQuery(
                        "SELECT revision, yaml FROM policy WHERE segment = :segment ORDER BY revision DESC LIMIT 1")
                .bind("segment", segment.getNumber())
                .map((row, context) -> new Latest(row.getLong("revision"), row.getString("yaml")))
                .findOne()
                .orElse(new Latest(0, null));
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
                new RolloutView(
                        row.getLong("intended"),
                        row.getLong("received"),
                        row.getLong("verified"),
                        row.getLong("enforced"),
                        row.getLong("refused")),
                withYaml ? row.getString("yaml") : null);
    }

    /** A revision as it is sent. */
    public record SignedRevision(long revision, Signed signed) {}

    /** The newest revision; 0 and null: none. */
    record Latest(long revision, @Nullable String yaml) {}
}
