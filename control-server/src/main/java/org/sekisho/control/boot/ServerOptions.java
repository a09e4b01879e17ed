package org.sekisho.control.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; each option can also be given as the environment variable named in its help. */
@Command(
        name = "sekisho-server",
        mixinStandardHelpOptions = true,
        versionProvider = ServerOptions.Version.class,
        sortOptions = false,
        description =
                "The control server of Sekisho: console and REST over HTTPS, the terminals' port, and their database.",
        footer = {
            "",
            "Ports: N is HTTPS, N+1 the terminals' port (mutual TLS), N+2 the embedded database (loopback only).",
            "DIR/ca.pem is the trust anchor for clients and terminals."
        })
final class ServerOptions {
    private static final int MAX_PORT = 65_535;
    /** HTTPS, gRPC, database. */
    private static final int PORTS = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:SEKISHO_DATA:-sekisho-data}",
            description =
                    "Folder for keys, certificates and the database; made with mode 0700. Env SEKISHO_DATA. Default: ${DEFAULT-VALUE}")
    Path data = Path.of("sekisho-data");

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "${env:SEKISHO_PORT_BASE:-8443}",
            description = "First of three ports. Env SEKISHO_PORT_BASE. Default: ${DEFAULT-VALUE}")
    int portBase = 8443;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "${env:SEKISHO_LISTEN:-0.0.0.0}",
            description =
                    "Address that HTTPS and the terminals' port listen on. Env SEKISHO_LISTEN. Default: ${DEFAULT-VALUE}")
    String listen = "0.0.0.0";

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "${env:SEKISHO_HOST_NAME:-}",
            description =
                    "Name or address that terminals and browsers use for this server; the first one is told to terminals. "
                            + "May be repeated. Env SEKISHO_HOST_NAME (comma separated). localhost is always included.")
    List<String> hostNames = new ArrayList<>();

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "${env:SEKISHO_TENANT:-sekisho}",
            description =
                    "Whose installation this is; fixed at the first start. Env SEKISHO_TENANT. Default: ${DEFAULT-VALUE}")
    String tenant = "sekisho";

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            defaultValue = "${env:SEKISHO_DATABASE_URL:-}",
            description =
                    "JDBC URL of a PostgreSQL to use instead of the embedded one (jdbc:postgresql://…). Env SEKISHO_DATABASE_URL. "
                            + "User and password come from SEKISHO_DATABASE_USER and SEKISHO_DATABASE_PASSWORD, never from the command line.")
    String databaseUrl = "";

    /** Parses and checks; {@code null} when only help or version was asked for and has been printed. */
    static @Nullable ServerOptions parse(String... arguments) {
        ServerOptions options = new ServerOptions();
        CommandLine line = new CommandLine(options);
        CommandLine.ParseResult result = line.parseArgs(arguments);
        if (CommandLine.printHelpIfRequested(result)) {
            return null;
        }
        options.check(line);
        return options;
    }

    private void check(CommandLine line) {
        if (portBase < 1 || portBase + PORTS - 1 > MAX_PORT) {
            throw new ParameterException(
                    line, "--port-base must be 1 to " + (MAX_PORT - PORTS + 1) + ", is " + portBase);
        }
        if (!tenant.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ParameterException(line, "--tenant must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        if (!databaseUrl.isEmpty() && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(line, "--database-url must begin with jdbc:postgresql:");
        }
        if (databaseUrl.contains("password=")) {
            throw new ParameterException(
                    line,
                    "--database-url must not carry a password (others could see it); set SEKISHO_DATABASE_PASSWORD instead");
        }
    }

    /** All names the server's certificate carries; the stated ones first. */
    List<String> allHostNames() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        hostNames.stream().map(String::strip).filter(name -> !name.isEmpty()).forEach(names::add);
        names.add("localhost");
        names.add("127.0.0.1");
        names.add("::1");
        return List.copyOf(names);
    }

    /** HTTPS. */
    int httpsPort() {
        return portBase;
    }

    /** The terminals' port. */
    int grpcPort() {
        return portBase + 1;
    }

    /** The embedded database. */
    int databasePort() {
        return portBase + 2;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerOptions.class.getPackage().getImplementationVersion();
            return new String[] {"sekisho-server " + (version == null ? "development" : version)};
        }
    }
}
