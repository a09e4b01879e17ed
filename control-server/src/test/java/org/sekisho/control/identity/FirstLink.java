package org.sekisho.control.identity;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The set-up link as it is before anybody was appointed: who is there already is away for as long as it takes. */
public final class FirstLink {
    private FirstLink() {}

    /** Hands over a link that is in force. */
    public static void use(Jdbi jdbi, Consumer<String> deed) {
        List<UUID> away = jdbi.withHandle(handle -> handle.createQuery("UPDATE operator SET disabled_at = now()"
                        + " WHERE kind = 'PERSON' AND disabled_at IS NULL RETURNING id")
                .mapTo(UUID.class)
                .list());
        try {
            deed.accept(new SetupLinks(jdbi).issue().text());
        } finally {
            jdbi.useHandle(handle ->
                    away.forEach(id -> handle.execute("UPDATE operator SET disabled_at = NULL WHERE id = ?", id)));
        }
    }
}
