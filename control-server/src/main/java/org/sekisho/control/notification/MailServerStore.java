package org.sekisho.control.notification;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.notification.MailServer.Security;
import org.sekisho.control.notification.MailServerResource.MailServerChange;
import org.sekisho.control.notification.MailServerResource.MailServerView;
import org.sekisho.control.secret.SecretBox;

/** The mail server's settings in the database, the password only sealed. Thread-safe; joins the caller's transaction. */
@Singleton
class MailServerStore {
    private static final String PURPOSE = "mail server";

    private final Jdbi jdbi;
    private final SecretBox box;

    @Inject
    MailServerStore(Jdbi jdbi, SecretBox box) {
        this.jdbi = jdbi;
        this.box = box;
    }

    Optional<MailServer> find(Handle handle) {
        return handle.createQuery("SELECT * FROM mail_server")
                .map((row, context) -> server(row))
                .findOne();
    }

    Optional<MailServerView> view() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM mail_server")
                .map((row, context) -> new MailServerView(
                        row.getString("host"),
                        row.getInt("port"),
                        Security.valueOf(row.getString("security")),
                        row.getString("user_name"),
                        row.getBytes("password") != null,
                        row.getString("sender"),
                        row.getString("anchor"),
                        row.getLong("version")))
                .findOne());
    }

    /** Replaces it; false: somebody else was faster. An absent password stays as it is. */
    boolean replace(MailServerChange change) {
        String password = change.password();
        String user = change.user() == null || change.user().isBlank()
                ? null
                : change.user().strip();
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                INSERT INTO mail_server (host, port, security, user_name, password, sender, anchor, version)
                                SELECT :host, :port, :security, :user, :password, :sender, :anchor, 1 WHERE :version = 0
                                   OR EXISTS (SELECT 1 FROM mail_server)
                                ON CONFLICT (one) DO UPDATE SET host = excluded.host, port = excluded.port,
                                    security = excluded.security, user_name = excluded.user_name,
                                    password = CASE WHEN excluded.user_name IS NULL THEN NULL
                                                    ELSE coalesce(excluded.password, mail_server.password) END,
                                    sender = excluded.sender, anchor = excluded.anchor, version = mail_server.version + 1
                                WHERE mail_server.version = :version""")
                        .bind("host", change.host().strip())
                        .bind("port", change.port())
                        .bind("security", change.security().name())
                        .bind("user", user)
                        .bind("password", password == null || user == null ? null : box.seal(PURPOSE, password))
                        .bind("sender", change.sender().strip())
                        .bind(
                                "anchor",
                                change.anchor() == null || change.anchor().isBlank() ? null : change.anchor())
                        .bind("version", change.version())
                        .execute()
                == 1);
    }

    private MailServer server(ResultSet row) throws SQLException {
        byte[] password = row.getBytes("password");
        return new MailServer(
                row.getString("host"),
                row.getInt("port"),
                Security.valueOf(row.getString("security")),
                row.getString("user_name"),
                password == null ? null : box.open(PURPOSE, password),
                row.getString("sender"),
                row.getString("anchor"));
    }
}
