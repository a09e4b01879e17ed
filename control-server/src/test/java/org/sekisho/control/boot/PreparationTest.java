package org.sekisho.control.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.ServerUnderTest;
import picocli.CommandLine.ParameterException;

class PreparationTest {
    private final int ports = ServerUnderTest.freePorts();
    private Path data = Path.of(".");

    @BeforeEach
    void folder() throws IOException {
        data = Files.createTempDirectory("sekisho-boot");
    }

    @AfterEach
    void remove() {
        ServerUnderTest.delete(data);
    }

    @Test
    void keepsEverySecretToItself() throws IOException {
        try (Preparation prepared = prepare()) {
            assertThat(prepared.databasePid()).isPositive();
            try (var files = Files.list(data.resolve("pki"))) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(data.resolve("pki"))).isEqualTo("rwx------");
            assertThat(mode(data.resolve("database"))).isEqualTo("rwx------");
            assertThat(mode(data.resolve("database/password"))).isEqualTo("rw-------");
            assertThat(Files.readString(data.resolve("ca.pem"))).startsWith("-----BEGIN CERTIFICATE-----");
        }
    }

    @Test
    void refusesKeysThatOthersCouldRead() throws IOException {
        prepare().close();
        Files.setPosixFilePermissions(data.resolve("pki/ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::prepare)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ca.key")
                .hasMessageContaining("rw-r--r--");
    }

    @Test
    void refusesAnotherTenantsFolder() {
        prepare().close();
        assertThatThrownBy(() -> Preparation.of(
                        "--data", data.toString(), "--port-base", String.valueOf(ports), "--tenant", "elsewhere"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("elsewhere");
    }

    @Test
    void asksForThePasswordAndWaitsForTheDisk() throws SQLException {
        try (Preparation prepared = prepare()) {
            Map<String, String> settings = prepared.settings();
            String url = settings.get("sekisho.server.database.url");
            assertThatThrownBy(() -> DriverManager.getConnection(url, "sekisho", "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", ""))
                    .isInstanceOf(SQLException.class);
            try (Connection connection = connect(settings)) {
                assertThat(ask(connection, "show fsync")).isEqualTo("on");
                assertThat(ask(connection, "show synchronous_commit")).isEqualTo("on");
                assertThat(ask(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(
                                ask(
                                        connection,
                                        "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"))
                        .isEqualTo("f");
            }
        }
    }

    @Test
    void keepsDataWhenTheServerIsKilled() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PreparedProcess.class.getName(),
                        data.toString(),
                        String.valueOf(ports))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long orphan;
        try (BufferedReader out = server.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith(PreparedProcess.READY)) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            orphan = Long.parseLong(String.valueOf(line).substring(PreparedProcess.READY.length()));
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(ProcessHandle.of(orphan))
                .as("the database outlives kill -9 of its server")
                .isPresent();

        try (Preparation second = prepare();
                Connection connection = connect(second.settings())) {
            // Until the machine's first process has taken note of its end, a dead process still has its number.
            await().until(() ->
                    ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(ask(connection, "select x from kept")).isEqualTo("7");
        }
    }

    @Test
    void startsTheDatabaseAgainWhenItIsKilled() throws Exception {
        try (Preparation prepared = prepare()) {
            long pid = prepared.databasePid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
                try (Connection connection = connect(prepared.settings())) {
                    assertThat(ask(connection, "select 1")).isEqualTo("1");
                    assertThat(prepared.databasePid()).isNotEqualTo(pid);
                }
            });
        }
    }

    @Test
    void goesOnTryingWhenTheKilledDatabaseDoesNotStartAtOnce() throws Exception {
        try (Preparation prepared = prepare()) {
            Path control = data.resolve("database/cluster/global/pg_control");
            Path aside = data.resolve("pg_control");
            Files.move(control, aside);
            ProcessHandle.of(prepared.databasePid()).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(data.resolve("database/postgresql.log"))
                            .contains("pg_control"));
            Files.move(aside, control);
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
                try (Connection connection = connect(prepared.settings())) {
                    assertThat(ask(connection, "select 1")).isEqualTo("1");
                }
            });
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(ports + 2, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(this::prepare)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(String.valueOf(ports + 2));
        }
    }

    @Test
    void checksTheCommandLine() {
        assertThatThrownBy(() -> ServerOptions.parse("--port-base", "65535")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> ServerOptions.parse("--tenant", "a b")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> ServerOptions.parse("--database-url", "jdbc:mysql:x"))
                .isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> ServerOptions.parse("--database-url", "jdbc:postgresql://x/y?password=z"))
                .isInstanceOf(ParameterException.class);
        assertThat(ServerOptions.parse("--help")).isNull();
        ServerOptions options = ServerOptions.parse("--host-name", "a.example,b.example", "--port-base", "9000");
        assertThat(options).isNotNull();
        if (options != null) {
            assertThat(options.allHostNames())
                    .isEqualTo(List.of("a.example", "b.example", "localhost", "127.0.0.1", "::1"));
            assertThat(options.grpcPort()).isEqualTo(9001);
        }
    }

    private Preparation prepare() {
        return Preparation.of("--data", data.toString(), "--port-base", String.valueOf(ports));
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get("sekisho.server.database.url"),
                settings.get("sekisho.server.database.user"),
                settings.get("sekisho.server.database.password"));
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
