package org.sekisho.control.shadow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.shadow.ShadowCopyView.State;
import org.sekisho.control.store.Times;
import org.sekisho.shadow.ShadowFormat;

/** Copies as operators see them. Thread-safe; joins the caller's transaction. */
@Singleton
class ShadowCopyStore {
    private final Jdbi jdbi;
    private final OpeningStore openings;

    @Inject
    ShadowCopyStore(Jdbi jdbi, OpeningStore openings) {
        this.jdbi = jdbi;
        this.openings = openings;
    }

    /** Newest first; those after {@code from} only. */
    List<Listed> list(
            Reach reach, @Nullable State state, @Nullable String terminal, int limit, @Nullable List<String> from) {
        List<String> conditions = new ArrayList<>(List.of(reach.terminalCondition("c.terminal")));
        if (state != null) {
            conditions.add("c.state = :state");
        }
        if (terminal != null) {
            conditions.add("c.terminal = :terminal");
        }
        if (from != null) {
            conditions.add("(c.known_at, c.id) < (:at::timestamptz, :id)");
        }
        return jdbi.withHandle(handle -> {
            var query = reach.bind(handle.createQuery("SELECT * FROM shadow_copy c WHERE "
                            + String.join(" AND ", conditions) + " ORDER BY c.known_at DESC, c.id DESC LIMIT :limit")
                    .bind("limit", limit));
            if (state != null) {
                query.bind("state", state.name());
            }
            if (terminal != null) {
                query.bind("terminal", terminal);
            }
            if (from != null) {
                query.bind("at", from.get(0)).bind("id", from.get(1));
            }
            List<Listed> found = query.map(
                            (row, context) -> new Listed(view(row, List.of()), Times.instant(row, "known_at")))
                    .list();
            Map<String, List<OpeningView>> asked = openings.of(
                    handle, found.stream().map(listed -> listed.copy().id()).toList());
            return found.stream()
                    .map(listed -> new Listed(
                            with(listed.copy(), asked.getOrDefault(listed.copy().id(), List.of())), listed.knownAt()))
                    .toList();
        });
    }

    /** One; empty: not there, or of another branch's terminal. */
    Optional<ShadowCopyView> find(Reach reach, String id) {
        if (!ShadowFormat.isId(id)) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> {
            List<OpeningView> asked = openings.of(handle, List.of(id)).getOrDefault(id, List.of());
            return reach.bind(handle.createQuery("SELECT * FROM shadow_copy c WHERE c.id = :id AND "
                                    + reach.terminalCondition("c.terminal"))
                            .bind("id", id))
                    .map((row, context) -> view(row, asked))
                    .findOne();
        });
    }

    /** What it says of its keys. */
    KeptHeader header(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT header FROM shadow_copy WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> KeptHeader.of(row.getBytes("header")))
                .one());
    }

    /** The sealed file; empty: it is not kept. */
    Optional<ShadowContent> content(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT content, sealed_bytes FROM shadow_copy WHERE id = :id AND state = 'KEPT'")
                .bind("id", id)
                .map((row, context) ->
                        new ShadowContent(jdbi, row.getObject("content", UUID.class), row.getLong("sealed_bytes")))
                .findOne());
    }

    /** Until the transaction's end nobody else asks or decides about this copy, nor deletes it. */
    static void lock(Handle handle, String id) {
        handle.createQuery("SELECT 1 FROM shadow_copy WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne();
    }

    private static ShadowCopyView view(ResultSet row, List<OpeningView> openings) throws SQLException {
        KeptHeader header = KeptHeader.of(row.getBytes("header"));
        boolean known = row.getBytes("header") != null;
        String sha256 = header.header().getSha256();
        return new ShadowCopyView(
                row.getString("id"),
                row.getString("terminal"),
                row.getObject("seq", Long.class),
                State.valueOf(row.getString("state")),
                row.getString("failure"),
                Times.instantOrNull(row, "ordered_at"),
                Times.instantOrNull(row, "kept_at"),
                Times.instantOrNull(row, "expires_at"),
                known ? header.header().getBytes() : null,
                sha256.isEmpty() ? null : sha256,
                header.custodians(),
                openings);
    }

    private static ShadowCopyView with(ShadowCopyView copy, List<OpeningView> openings) {
        return new ShadowCopyView(
                copy.id(),
                copy.terminal(),
                copy.seq(),
                copy.state(),
                copy.failure(),
                copy.orderedAt(),
                copy.keptAt(),
                copy.expiresAt(),
                copy.bytes(),
                copy.sha256(),
                copy.custodians(),
                openings);
    }

    /** A copy in a list, and what the list is ordered by. */
    record Listed(ShadowCopyView copy, Instant knownAt) {}
}
