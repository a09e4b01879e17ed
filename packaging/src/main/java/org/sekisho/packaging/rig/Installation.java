package org.sekisho.packaging.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server, a display, and this machine's agent, enrolled. Not thread-safe. */
public final class Installation implements AutoCloseable {
    private final ServerProcess server;
    private final VirtualDisplay display;
    private final AgentProcess agent;
    private final Rest rest;

    private Installation(ServerProcess server, VirtualDisplay display, AgentProcess agent, Rest rest) {
        this.server = server;
        this.display = display;
        this.agent = agent;
        this.rest = rest;
    }

    /**
     * Starts the server and publishes the my-number template; the agent is enrolled and started.
     *
     * @param policy the YAML to publish first; null: the template as it ships
     */
    public static Installation start(Path folder, @Nullable String policy)
            throws IOException, InterruptedException, GeneralSecurityException {
        return start(folder, policy, Map.of());
    }

    /**
     * As {@link #start(Path, String)}, with settings of the agent.
     *
     * @param settings environment of the agent, as in {@code SEKISHO_JOURNAL_BYTES}
     */
    public static Installation start(Path folder, @Nullable String policy, Map<String, String> settings)
            throws IOException, InterruptedException, GeneralSecurityException {
        Distribution distribution = Distribution.fromSystemProperty();
        ServerProcess server = ServerProcess.start(distribution, folder.resolve("server"), Map.of());
        VirtualDisplay display = null;
        try {
            Rest rest = server.rest();
            publish(rest, policy == null ? template(rest) : policy);
            display = VirtualDisplay.start(folder.resolve("display"));
            AgentProcess agent = AgentProcess.prepare(distribution, folder.resolve("agent"), display, settings);
            agent.enrol("https://localhost:" + server.portBase(), enrolmentToken(rest));
            agent.start();
            return new Installation(server, display, agent, rest);
        } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException e) {
            if (display != null) {
                display.close();
            }
            server.close();
            throw e;
        }
    }

    /** The my-number template as it ships. */
    public static String template(Rest rest) throws IOException, InterruptedException {
        for (JsonNode template : rest.get("/api/v1/policies/templates")) {
            if (template.get("segment").asText().equals("MY_NUMBER")) {
                return template.get("yaml").asText();
            }
        }
        throw new IOException("the server ships no my-number template");
    }

    /** Publishes a policy as an administrator does, with the second person's consent where it loosens; the new revision. */
    public static JsonNode publish(Rest rest, String yaml) throws IOException, InterruptedException {
        JsonNode answer = rest.post("/api/v1/policies", Map.of("yaml", yaml, "reason", "system test"));
        if (!answer.has("proposedBy")) {
            return answer;
        }
        return secondPerson(rest)
                .post("/api/v1/policy-proposals/" + answer.get("id").asLong() + "/approval", Map.of());
    }

    private static Rest secondPerson(Rest rest) throws IOException, InterruptedException {
        JsonNode approver = rest.post(
                "/api/v1/operators",
                Map.of("name", "approver " + UUID.randomUUID(), "roles", List.of(Map.of("role", "approver"))));
        return rest.as(rest.post("/api/v1/operators/" + approver.get("id").asText() + "/tokens", Map.of())
                .get("token")
                .asText());
    }

    /** A fresh token for one terminal. */
    public static String enrolmentToken(Rest rest) throws IOException, InterruptedException {
        return rest.post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER"))
                .get("token")
                .asText();
    }

    public ServerProcess server() {
        return server;
    }

    public VirtualDisplay display() {
        return display;
    }

    public AgentProcess agent() {
        return agent;
    }

    public Rest rest() {
        return rest;
    }

    /** How the server sees the one terminal. */
    public JsonNode terminal() throws IOException, InterruptedException {
        return rest.get("/api/v1/terminals").get("items").get(0);
    }

    /**
     * Whether the one terminal guards its clipboard by the policy that was published for it. Before that policy has come, a
     * terminal guards it too, but denies everything.
     */
    public boolean guardsTheClipboard() throws IOException, InterruptedException {
        JsonNode terminal = terminal();
        if (!terminal.get("progress").asText().equals("ENFORCED")
                || terminal.get("runningRevision").asLong()
                        != terminal.get("intendedRevision").asLong()) {
            return false;
        }
        for (JsonNode channel : terminal.get("channels")) {
            if (channel.get("channel").asText().equals("CLIPBOARD")) {
                return channel.get("mode").asText().equals("ENFORCED");
            }
        }
        return false;
    }

    @Override
    public void close() {
        agent.close();
        display.close();
        server.close();
    }
}
