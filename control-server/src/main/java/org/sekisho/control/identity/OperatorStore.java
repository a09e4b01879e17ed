package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/** Operators in the database. Thread-safe; each call joins the caller's transaction. */
@ApplicationScoped
class OperatorStore {
    private final Jdbi jdbi;

    @Inject
    OperatorStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether a person can already operate this server; until then the set-up link works. */
    boolean anyPerson() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM operator WHERE kind = 'PERSON' AND disabled_at IS NULL)")
                .mapTo(Boolean.class)
                .one());
    }

    /** Appoints an operator; empty if the name is taken, also by somebody who asks at the same time. */
    Optional<Operator> create(String name, Operator.Kind kind, Grants grants) {
        return create(UUID.randomUUID(), name, kind, grants);
    }

    /** With an id that was promised before. */
    Optional<Operator> create(UUID id, String name, Operator.Kind kind, Grants grants) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO operator (id, name, kind, grants) VALUES (:id, :name, :kind, :grants)
                        ON CONFLICT (name) DO NOTHING
                        RETURNING *""")
                .bind("id", id)
                .bind("name", name)
                .bind("kind", kind.name())
                .bindArray("grants", String.class, (Object[]) grants.texts())
                .map((row, context) -> Operator.of(row))
                .findOne());
    }

    List<Operator> list() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator ORDER BY name")
                .map((row, context) -> Operator.of(row))
                .list());
    }

    Optional<Operator> byId(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Operator.of(row))
                .findOne());
    }

    Optional<Operator> byName(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> Operator.of(row))
                .findOne());
    }

    /** All that may be changed about operators waits for this until the transaction ends, so that checks of all hold. */
    List<Operator> listForChange() {
        return jdbi.withHandle(handle -> {
            handle.execute("LOCK TABLE operator IN SHARE ROW EXCLUSIVE MODE");
            return list();
        });
    }

    /** Holds from the next request on; who follows a live stream begins anew. */
    void regrant(UUID id, Grants grants) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("UPDATE operator SET grants = :grants WHERE id = :id")
                    .bindArray("grants", String.class, (Object[]) grants.texts())
                    .bind("id", id)
                    .execute();
            Notifications.tell(handle, Topic.OPERATOR, id.toString());
        });
    }

    /** Ends what the operator has under way, and lets them in no more: sessions, tokens, streams. */
    void disable(UUID id) {
        jdbi.useHandle(handle -> {
            handle.execute("UPDATE operator SET disabled_at = now() WHERE id = ? AND disabled_at IS NULL", id);
            handle.execute("DELETE FROM operator_session WHERE operator = ?", id);
            handle.execute(
                    "UPDATE operator_token SET revoked_at = now() WHERE operator = ? AND revoked_at IS NULL", id);
            handle.execute(
                    "UPDATE invitation SET withdrawn_at = now() WHERE operator = ? AND withdrawn_at IS NULL AND used_at IS NULL",
                    id);
            Notifications.tell(handle, Topic.OPERATOR, id.toString());
        });
    }

    /** By a passkey that is still theirs the operator comes in again; old tokens stay void. */
    void enable(UUID id) {
        jdbi.useHandle(handle -> handle.execute("UPDATE operator SET disabled_at = NULL WHERE id = ?", id));
    }

    /**
     * The operator for whom an identity provider vouches: made at the first time, and with the roles and the name that the
     * provider gives from then on. Where somebody else has the name, the subject tells them apart.
     */
    Operator vouchedFor(String issuer, String subject, String name, Grants grants) {
        Optional<Operator> known = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM operator WHERE issuer = :issuer AND subject = :subject FOR UPDATE")
                .bind("issuer", issuer)
                .bind("subject", subject)
                .map((row, context) -> Operator.of(row))
                .findOne());
        if (known.isPresent()) {
            if (!known.get().grants().equals(grants)) {
                regrant(known.get().id(), grants);
            }
            return known.get();
        }
        String wanted = OperatorName.isLegible(name) ? name : subject;
        Operator made = create(wanted, Operator.Kind.PERSON, grants)
                .or(() -> create(OperatorName.checked(wanted + " (" + subject + ")"), Operator.Kind.PERSON, grants))
                .orElseThrow(() -> new IllegalStateException("somebody else has this name and subject"));
        jdbi.useHandle(handle ->
                handle.execute("UPDATE operator SET issuer = ?, subject = ? WHERE id = ?", issuer, subject, made.id()));
        return made;
    }
}
