package org.sekisho.control.terminal;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.EnrolmentTokensResource.EnrolmentTokenPage;
import org.sekisho.control.terminal.EnrolmentTokensResource.EnrolmentTokenView;
import org.sekisho.v1.Segment;

/**
 * Enrolment tokens in the database; only a secret's hash is ever stored. Thread-safe; joins the caller's transaction.
 */
@Singleton
class EnrolmentTokens {
    private static final int SECRET_BYTES = 32;

    private final Jdbi jdbi;
    private final Installation installation;
    private final SecurityIdentity operator;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    EnrolmentTokens(Jdbi jdbi, Installation installation, SecurityIdentity operator, Clock clock) {
        this.jdbi = jdbi;
        this.installation = installation;
        this.operator = operator;
        this.clock = clock;
    }

    EnrolmentTokenView create(
            String segment,
            @Nullable String orgUnit,
            @Nullable UUID group,
            boolean needsApproval,
            Instant expiresAt,
            int uses) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        EnrolmentToken token = new EnrolmentToken(installation.anchorDigest(), secret);
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        String creator = operator.getPrincipal().getName();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO enrolment_token (id, hash, segment, org_unit, grp, needs_approval, created_by, created_at, expires_at,
                                                     uses, uses_left)
                        VALUES (:id, :hash, :segment, :unit, CAST(:group AS uuid), :approval, :by, :now, :expires, :uses, :uses)""")
                .bind("id", id)
                .bind("hash", token.hash())
                .bind("segment", WireNames.parse(Segment.class, segment).getNumber())
                .bind("unit", orgUnit)
                .bind("group", group)
                .bind("approval", needsApproval)
                .bind("by", creator)
                .bind("now", Times.sql(now))
                .bind("expires", Times.sql(expiresAt))
                .bind("uses", uses)
                .execute());
        return new EnrolmentTokenView(
                id, token.text(), segment, orgUnit, group, needsApproval, expiresAt, uses, uses, creator, now, false);
    }

    boolean withdraw(Reach reach, UUID id) {
        return jdbi.withHandle(handle ->
                reach.bind(handle.createUpdate("UPDATE enrolment_token SET withdrawn_at = :now, uses_left = 0"
                                                + " WHERE id = :id AND withdrawn_at IS NULL AND "
                                                + reach.condition("org_unit"))
                                        .bind("now", Times.sql(clock.instant()))
                                        .bind("id", id))
                                .execute()
                        == 1);
    }

    /** Takes one use of the token. Of many at once, no more than it allows get it: the row's lock decides. */
    Optional<Grant> use(EnrolmentToken token) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE enrolment_token SET uses_left = uses_left - 1
                        WHERE hash = :hash AND uses_left > 0 AND expires_at > :now
                        RETURNING id, segment, org_unit, grp, needs_approval""")
                .bind("hash", token.hash())
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> new Grant(
                        row.getObject("id", UUID.class),
                        Segment.forNumber(row.getInt("segment")),
                        row.getString("org_unit"),
                        row.getObject("grp", UUID.class),
                        row.getBoolean("needs_approval")))
                .findOne());
    }

    /** A token that we made, though it may be used up: somebody presents a stolen or an old one. */
    Optional<UUID> spent(EnrolmentToken token) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM enrolment_token WHERE hash = :hash")
                .bind("hash", token.hash())
                .mapTo(UUID.class)
                .findOne());
    }

    EnrolmentTokenPage page(Reach reach, int limit, @Nullable String after) {
        List<String> from = after == null ? List.of() : Cursor.read(after, 2);
        List<EnrolmentTokenView> found = jdbi.withHandle(handle -> {
            var query =
                    reach.bind(handle.createQuery("SELECT * FROM enrolment_token WHERE " + reach.condition("org_unit")
                                    + (after == null ? "" : " AND (created_at, id) < (:at, :id)")
                                    + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                            .bind("limit", limit + 1));
            if (after != null) {
                query.bind("at", Times.sql(instant(from.get(0)))).bind("id", uuid(from.get(1)));
            }
            return query.map((row, context) -> view(row)).list();
        });
        if (found.size() <= limit) {
            return new EnrolmentTokenPage(found, null);
        }
        EnrolmentTokenView last = found.get(limit - 1);
        return new EnrolmentTokenPage(List.copyOf(found.subList(0, limit)), Cursor.of(last.createdAt(), last.id()));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.DateTimeException e) {
            throw org.sekisho.control.rest.ProblemException.badRequest(
                    "The cursor in `after` is not one that this server gave");
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw org.sekisho.control.rest.ProblemException.badRequest(
                    "The cursor in `after` is not one that this server gave");
        }
    }

    private static EnrolmentTokenView view(ResultSet row) throws SQLException {
        return new EnrolmentTokenView(
                row.getObject("id", UUID.class),
                null,
                WireNames.segment(row.getInt("segment")),
                row.getString("org_unit"),
                row.getObject("grp", UUID.class),
                row.getBoolean("needs_approval"),
                Times.instant(row, "expires_at"),
                row.getInt("uses"),
                row.getInt("uses_left"),
                row.getString("created_by"),
                Times.instant(row, "created_at"),
                row.getObject("withdrawn_at") != null);
    }

    /**
     * What a used token grants.
     *
     * @param group that the terminal is put into; null: none
     * @param needsApproval an administrator must approve the terminal before it gets a policy
     */
    record Grant(
            UUID token,
            Segment segment,
            @Nullable String orgUnit,
            @Nullable UUID group,
            boolean needsApproval) {}
}
