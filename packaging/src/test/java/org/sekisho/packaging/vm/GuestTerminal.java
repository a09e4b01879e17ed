package org.sekisho.packaging.vm;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.GuestAgent;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.VirtualMachine;

/** A control server on this machine, and a virtual machine that is a terminal of it once the agent is installed there. */
final class GuestTerminal implements AutoCloseable {
    /** Translated code is slow, the host may be busy, and a JVM starts in it. */
    static final Duration SOON = Duration.ofMinutes(4);

    private static final Pattern ENROLLED = Pattern.compile("Enrolled as terminal (\\S+)");

    private final Path folder;
    private final ServerProcess server;
    private final VirtualMachine machine;
    private final Rest rest;
    private String id = "";
    private String published = "";
    private long revision;

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
                        Map.of(
                                "dist",
                                distribution.home(),
                                "documents",
                                Files.createDirectory(folder.resolve("documents"))),
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
            String said = GuestAgent.install(machine, Installation.enrolmentToken(rest), server.portBase());
            Matcher enrolled = ENROLLED.matcher(said);
            if (!enrolled.find()) {
                throw new IOException("the installation does not say as which terminal it enrolled: " + said);
            }
            id = enrolled.group(1);
        }
        await().atMost(SOON)
                .until(() -> machine.run("systemctl -q is-active sekisho-agent").exit() == 0);
        return machine;
    }

    /** Cuts the machine off from the server, or lets it have it again. */
    void connected(boolean connected) throws IOException, InterruptedException {
        machine.output("ip link set \"$(ls /sys/class/net | grep -vx lo | head -n 1)\" " + (connected ? "up" : "down"));
    }

    private boolean isInstalled() throws IOException, InterruptedException {
        return machine.run("test -d /opt/sekisho").exit() == 0;
    }

    /** Publishes the my-number template with these rules before its own, and waits until the terminal runs it. */
    void publish(String rules) throws IOException, InterruptedException {
        publish(rules, "");
    }

    /** The same, with more at the template's end. */
    void publish(String rules, String end) throws IOException, InterruptedException {
        String policy = Installation.template(rest).replace("rules:\n", "rules:\n" + rules) + end;
        if (!policy.equals(published)) {
            published = "";
            revision = Installation.publish(rest, policy).get("revision").asLong();
            published = policy;
        }
        await().atMost(SOON).until(() -> terminal().get("runningRevision").asLong() == revision);
    }

    /** The machine with the agent running and with alice at work at its only desktop. */
    VirtualMachine atWork() throws IOException, InterruptedException {
        installed();
        machine.output("""
                pgrep -u alice -x Xvfb >/dev/null && exit
                install -d -m 1777 /tmp/.X11-unix
                setsid runuser -u alice -- bash -c '
                  cd; rm -f .Xauthority; xauth -q add :7 . "$(mcookie)"
                  Xvfb :7 -screen 0 640x480x16 -nolisten tcp -auth .Xauthority &
                  DISPLAY=:7 exec tail -f /dev/null' </dev/null >/run/desktop.log 2>&1 &
                until [ -S /tmp/.X11-unix/X7 ]; do read -r -t 0.2 <> <(:) || true; done
                """);
        return machine;
    }

    /** Presses the machine's reset button. */
    void reset() throws IOException, InterruptedException {
        machine.reset();
    }

    /** How the server sees the terminal that was enrolled last. */
    JsonNode terminal() throws IOException, InterruptedException {
        return rest.get("/api/v1/terminals/" + id);
    }

    /** Attempts at a channel that the server has, the newest first. */
    List<JsonNode> attempts(String channel) throws IOException, InterruptedException {
        return events("kind=ATTEMPT&channel=" + channel);
    }

    /** Attempts with the device that has this serial number, and with files on it, the newest first. */
    List<JsonNode> attemptsWith(String serial) throws IOException, InterruptedException {
        return events("kind=ATTEMPT&channel=MEDIA&device=" + serial);
    }

    /** Events that the server has, the newest first. */
    List<JsonNode> events(String query) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = rest.get("/api/v1/events?" + query + "&detail=true&limit=500" + after);
            page.get("items").forEach(events::add);
            JsonNode next = page.path("next");
            after = next.isTextual() ? "&after=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8) : "";
        } while (!after.isEmpty());
        return events;
    }

    Rest rest() {
        return rest;
    }

    /** Where the server is, for commands. */
    String server() {
        return "https://localhost:" + server.portBase();
    }

    Path serverCa() {
        return server.data().resolve("ca.pem");
    }

    /** A folder whose content is in {@code /mnt/documents} of the machine. */
    Path documents() {
        return folder.resolve("documents");
    }

    /** Where the server's and the machine's files lie. */
    Path folder() {
        return folder;
    }

    /** Ends both; what the agent said stays beside the server's logs. */
    @Override
    public void close() {
        try {
            Files.writeString(
                    folder.resolve("agent.log"),
                    machine.run("journalctl -o short-monotonic -u sekisho-agent")
                            .text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            machine.close();
            server.close();
        }
    }
}
