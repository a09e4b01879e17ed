package org.sekisho.packaging.vm;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.VirtualMachine;

/** A control server on this machine, and a virtual machine that is a terminal of it once the agent is installed there. */
final class GuestTerminal implements AutoCloseable {
    /** Translated code is slow, the host may be busy, and a JVM starts in it. */
    static final Duration SOON = Duration.ofMinutes(4);

    private final Path folder;
    private final ServerProcess server;
    private final VirtualMachine machine;
    private final Rest rest;

    private GuestTerminal(Path folder, ServerProcess server, VirtualMachine machine, Rest rest) {
        this.folder = folder;
        this.server = server;
        this.machine = machine;
        this.rest = rest;
    }

    /** Hands the one terminal to tests, and ends it after the last of them. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == GuestTerminal.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(GuestTerminal.class))
                    .computeIfAbsent(GuestTerminal.class, key -> start(), GuestTerminal.class);
        }
    }

    private static GuestTerminal start() {
        try {
            Path folder = Files.createTempDirectory("sekisho-vm-it-");
            Distribution distribution = Distribution.fromSystemProperty();
            ServerProcess server = ServerProcess.start(distribution, folder.resolve("server"), Map.of());
            try {
                Rest rest = server.rest();
                Installation.publish(rest, Installation.template(rest));
                VirtualMachine machine = VirtualMachine.boot(
                        folder.resolve("machine"),
                        Map.of("dist", distribution.home()),
                        List.of(server.portBase(), server.portBase() + 1));
                return new GuestTerminal(folder, server, machine, rest);
            } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the virtual machine boots", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the server's certificate is of no use", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine without the agent, as it came. */
    VirtualMachine bare() throws IOException, InterruptedException {
        if (isInstalled()) {
            machine.output("/opt/sekisho/install-agent.sh --remove --purge");
        }
        return machine;
    }

    /** The machine with the agent, enrolled and running, installed as users do it. */
    VirtualMachine installed() throws IOException, InterruptedException {
        if (!isInstalled()) {
            machine.output("""
                    umask 077; echo '%s' >/run/token
                    /mnt/dist/install-agent.sh --server https://localhost:%d --token-file /run/token
                    """.formatted(Installation.enrolmentToken(rest), server.portBase()));
        }
        return machine;
    }

    private boolean isInstalled() throws IOException, InterruptedException {
        return machine.run("test -d /opt/sekisho").exit() == 0;
    }

    /** Publishes a policy, and waits until the terminal runs it. */
    void publish(String yaml) throws IOException, InterruptedException {
        long revision = Installation.publish(rest, yaml).get("revision").asLong();
        await().atMost(SOON).until(() -> terminal().get("runningRevision").asLong() == revision);
    }

    /** How the server sees the terminal that was enrolled last. */
    JsonNode terminal() throws IOException, InterruptedException {
        // A service that has just been started answers a little later.
        String id = await().atMost(SOON)
                .until(
                        () -> machine.output("/opt/sekisho/bin/sekisho-agent status | sed -n 's/^terminal *//p'"),
                        known -> !known.isBlank());
        return rest.get("/api/v1/terminals/" + id);
    }

    /** Attempts at a channel that the server has, the newest first. */
    List<JsonNode> attempts(String channel) throws IOException, InterruptedException {
        JsonNode items = rest.get("/api/v1/events?kind=ATTEMPT&channel=" + channel + "&limit=500")
                .get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    Rest rest() {
        return rest;
    }

    /** Where the server's and the machine's files lie. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        machine.close();
        server.close();
    }
}
