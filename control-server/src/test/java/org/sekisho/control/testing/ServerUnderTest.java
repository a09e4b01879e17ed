package org.sekisho.control.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.boot.Preparation;

/** Boots as the command line does, in a folder and on ports of its own. */
public final class ServerUnderTest implements QuarkusTestResourceLifecycleManager {
    private @Nullable Preparation preparation;
    private @Nullable TestIdentityProvider identityProvider;
    private @Nullable Path data;

    @Override
    public Map<String, String> start() {
        try {
            data = Files.createTempDirectory("sekisho-test");
            Preparation prepared = Preparation.of(
                    "--data", data.toString(), "--port-base", String.valueOf(freePorts()), "--listen", "127.0.0.1");
            preparation = prepared;
            Map<String, String> settings = new HashMap<>(prepared.settings());
            settings.put(
                    "sekisho.operator-token-file",
                    data.resolve("operator-token").toString());
            settings.put("sekisho.server.heartbeat", "5s");
            // Off as it ships; tests of sessions need no authenticator by it.
            settings.put("sekisho.sign-in.operator-token", "true");
            settings.put("sekisho.server.drain", "1s");
            // All tests come from one address.
            settings.put("sekisho.server.enrolment-failures", "100000");
            identityProvider = TestIdentityProvider.start(data);
            settings.putAll(identityProvider.settings(data));
            settings.put("sekisho.test.database-pid", String.valueOf(prepared.databasePid()));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three ports in a row that nobody uses now. */
    public static int freePorts() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(20_000, 60_000);
            if (free(base) && free(base + 1) && free(base + 2)) {
                return base;
            }
        }
        throw new IllegalStateException("No three free ports in a row");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void stop() {
        if (preparation != null) {
            preparation.close();
        }
        if (identityProvider != null) {
            identityProvider.close();
        }
        if (data != null) {
            delete(data);
        }
    }

    /** Removes a folder and all in it. */
    public static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
