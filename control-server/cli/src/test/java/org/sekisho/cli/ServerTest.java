package org.sekisho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, its trust anchor in a file, and an operator's home. */
abstract class ServerTest {
    static final TestAuthority AUTHORITY = new TestAuthority("Test authority");
    static final String TOKEN = "operator-token-of-the-test";

    @TempDir
    Path home;

    Path ca;
    StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer(AUTHORITY);
        ca = Files.writeString(home.resolve("ca.pem"), AUTHORITY.pem());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** As a script: everything from the environment. */
    Run script() {
        return Run.in(home)
                .with("SEKISHO_SERVER", server.url())
                .with("SEKISHO_TOKEN", TOKEN)
                .with("SEKISHO_CA", ca.toString());
    }

    static StubServer.Answer ok(String json) {
        return StubServer.Answer.json(200, json);
    }

    static String fixture(String name) {
        try (var in = ServerTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("No test resource " + name);
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
