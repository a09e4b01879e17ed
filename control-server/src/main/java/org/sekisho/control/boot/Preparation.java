package org.sekisho.control.boot;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.PrivateFile;
import org.sekisho.control.pki.ServerCertificate;

/** All that Quarkus finds ready when it starts, and the settings that tell it so. Closing it ends the database. */
public final class Preparation implements AutoCloseable {
    private final Map<String, String> settings;
    private final @Nullable EmbeddedDatabase database;

    private Preparation(Map<String, String> settings, @Nullable EmbeddedDatabase database) {
        this.settings = Map.copyOf(settings);
        this.database = database;
    }

    /** Prepares as the command line says; for tests, which have no process of their own. */
    public static Preparation of(String... arguments) {
        ServerOptions options = ServerOptions.parse(arguments);
        if (options == null) {
            throw new IllegalArgumentException("These arguments only ask for help");
        }
        return of(options, Clock.systemUTC());
    }

    static Preparation of(ServerOptions options, Clock clock) {
        Path data = PrivateFile.folder(options.data.toAbsolutePath().normalize());
        Path pki = data.resolve("pki");
        Installation installation = Installation.open(pki, options.tenant, clock);
        installation.publishAnchor(data.resolve("ca.pem"));
        List<String> hosts = options.allHostNames();
        ServerCertificate certificate = ServerCertificate.in(pki);
        certificate.renew(installation, hosts, ServerCertificate.LIFE, clock.instant());

        EmbeddedDatabase database = options.databaseUrl.isEmpty()
                ? EmbeddedDatabase.start(data.resolve("database"), options.databasePort())
                : null;
        DatabaseAccess access = database == null ? external(options.databaseUrl) : database.access();

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sekisho.server.data", data.toString());
        settings.put("sekisho.server.tenant", options.tenant);
        settings.put("sekisho.server.host", hosts.getFirst());
        settings.put("sekisho.server.hosts", String.join(",", hosts));
        settings.put("sekisho.server.listen", options.listen);
        settings.put("sekisho.server.grpc-port", String.valueOf(options.grpcPort()));
        settings.put("sekisho.server.certificate", certificate.chain().toString());
        settings.put("sekisho.server.key", certificate.key().toString());
        settings.put("sekisho.public-url", "https://" + hosts.getFirst() + ":" + options.httpsPort());
        settings.put("sekisho.setup-link-file", data.resolve("setup-link").toString());
        settings.put("sekisho.server.database.url", access.url());
        settings.put("sekisho.server.database.user", access.user());
        settings.put("sekisho.server.database.password", access.password());
        settings.put("quarkus.datasource.jdbc.url", access.url());
        settings.put("quarkus.datasource.username", access.user());
        settings.put("quarkus.datasource.password", access.password());
        settings.put("quarkus.http.host", options.listen);
        settings.put("quarkus.http.ssl-port", String.valueOf(options.httpsPort()));
        settings.put("quarkus.http.test-ssl-port", String.valueOf(options.httpsPort()));
        settings.put("quarkus.tls.key-store.pem.0.cert", certificate.chain().toString());
        settings.put("quarkus.tls.key-store.pem.0.key", certificate.key().toString());
        return new Preparation(settings, database);
    }

    private static DatabaseAccess external(String url) {
        return new DatabaseAccess(url, environment("SEKISHO_DATABASE_USER"), environment("SEKISHO_DATABASE_PASSWORD"));
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("--database-url needs the environment variable " + name);
        }
        return value;
    }

    /** Quarkus' settings by name. They hold the database's password: never print them. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Process number of the embedded database's postmaster, or -1 where a real one is used. */
    public long databasePid() {
        return database == null ? -1 : database.pid();
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
