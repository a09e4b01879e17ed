package org.sekisho.control.event.saved;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.sekisho.control.store.Times;

/** Saved searches in the database. Thread-safe. */
@Singleton
public class SavedSearches {
    /** Of one operator; more make no list to choose from. */
    static final int MAX_OWN = 100;

    private static final String SELECT = "SELECT s.id, s.name, s.shared, s.query, s.created_at, o.name AS operator"
            + " FROM saved_search s JOIN operator o ON o.id = s.operator ";
    private static final RowMapper<SavedSearch> MAPPER = (row, context) -> new SavedSearch(
            row.getObject("id", UUID.class),
            row.getString("name"),
            row.getBoolean("shared"),
            row.getString("query"),
            row.getString("operator"),
            Times.instant(row, "created_at"));

    private final Jdbi jdbi;

    @Inject
    SavedSearches(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A search by name.
     *
     * @param query of the events page's address
     * @param operator whose it is
     */
    @Schema(
            name = "SavedSearch",
            requiredProperties = {"id", "name", "shared", "query", "operator", "createdAt"})
    public record SavedSearch(UUID id, String name, boolean shared, String query, String operator, Instant createdAt) {}

    /** The operator's own and the shared ones, by name. */
    List<SavedSearch> visibleTo(String operator) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + "WHERE s.shared OR o.name = :operator" + " ORDER BY s.name, o.name LIMIT 1000")
                .bind("operator", operator)
                .map(MAPPER)
                .list());
    }

    Optional<SavedSearch> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "WHERE s.id = :id")
                .bind("id", id)
                .map(MAPPER)
                .findOne());
    }

    int countOf(String operator) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM saved_search s JOIN operator o ON o.id = s.operator WHERE o.name = :operator")
                .bind("operator", operator)
                .mapTo(Integer.class)
                .one());
    }

    /** Whether it was kept; not if the operator has one of that name. */
    boolean insert(UUID id, String operator, String name, boolean shared, String query) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                INSERT INTO saved_search (id, operator, name, shared, query)
                                SELECT :id, o.id, :name, :shared, :query FROM operator o WHERE o.name = :operator
                                ON CONFLICT (operator, name) DO NOTHING""")
                        .bind("id", id)
                        .bind("operator", operator)
                        .bind("name", name)
                        .bind("shared", shared)
                        .bind("query", query)
                        .execute()
                == 1);
    }

    void delete(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM saved_search WHERE id = :id")
                .bind("id", id)
                .execute());
    }
}
