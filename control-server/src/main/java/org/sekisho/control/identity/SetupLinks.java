package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** The link by which the first person becomes an administrator. One is in force at a time, once, until there is a person. */
@ApplicationScoped
class SetupLinks {
    private static final String SETUP = "setup";
    /** Long enough for an installation that spans two days, short enough not to lie about. */
    private static final Duration LIFETIME = Duration.ofDays(2);
    /** Not only unused and in time: once a person can operate the server, no link makes another. */
    private static final String IN_FORCE = " hash = :hash AND used_at IS NULL AND expires_at > now()"
            + " AND NOT EXISTS (SELECT 1 FROM operator WHERE kind = 'PERSON' AND disabled_at IS NULL)";

    private final Jdbi jdbi;

    @Inject
    SetupLinks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A new link's secret; whatever was issued before is void. */
    Secret issue() {
        Secret secret = Secret.generate("skl");
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM setup_link WHERE used_at IS NULL");
            handle.createUpdate(
                            "INSERT INTO setup_link (hash, expires_at) VALUES (:hash, now() + make_interval(secs => :life))")
                    .bind("hash", secret.hash(SETUP))
                    .bind("life", LIFETIME.toSeconds())
                    .execute();
        });
        return secret;
    }

    boolean valid(Secret secret) {
        return secret.plausible()
                && jdbi.withHandle(
                        handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM setup_link WHERE" + IN_FORCE + ")")
                                .bind("hash", secret.hash(SETUP))
                                .mapTo(Boolean.class)
                                .one());
    }

    /** Uses the link up. Of several at once exactly one gets true. */
    boolean use(Secret secret) {
        return secret.plausible()
                && jdbi.withHandle(
                        handle -> handle.createUpdate("UPDATE setup_link SET used_at = now() WHERE" + IN_FORCE)
                                        .bind("hash", secret.hash(SETUP))
                                        .execute()
                                == 1);
    }
}
