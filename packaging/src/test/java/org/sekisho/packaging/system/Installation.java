package org.sekisho.packaging.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.packaging.rig.AgentProcess;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.VirtualDisplay;

/** A server, a display, and this machine's agent, enrolled. */
final class Installation implements AutoCloseable {
    final ServerProcess server;
    final VirtualDisplay display;
    final AgentProcess agent;
    final Rest rest;

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
    static Installation start(Path folder, @Nullable String policy)
            throws IOException, InterruptedException, GeneralSecurityException {
        Distribution distribution = Distribution.fromSystemProperty();
        ServerProcess server = ServerProcess.start(distribution, folder.resolve("server"), Map.of());
        VirtualDisplay display = null;
        try {
            Rest rest = server.rest();
            publish(rest, policy == null ? template(rest) : policy);
            display = VirtualDisplay.start(folder.resolve("display"));
            AgentProcess agent = AgentProcess.prepare(distribution, folder.resolve("agent"), display, Map.of());
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

    static String template(Rest rest) throws IOException, InterruptedException {
        for (JsonNode template : rest.get("/api/v1/policies/templates")) {
            if (template.get("segment").asText().equals("MY_NUMBER")) {
                return template.get("yaml").asText();
            }
        }
        throw new IOException("the server ships no my-number template");
    }

    static JsonNode publish(Rest rest, String yaml) throws IOException, InterruptedException {
        return rest.post("/api/v1/policies", Map.of("yaml", yaml, "reason", "system test"));
    }

    static String enrolmentToken(Rest rest) throws IOException, InterruptedException {
        return rest.post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER"))
                .get("token")
                .asText();
    }

    /** The one terminal. */
    JsonNode terminal() throws IOException, InterruptedException {
        return rest.get("/api/v1/terminals").get("items").get(0);
    }

    @Override
    public void close() {
        agent.close();
        display.close();
        server.close();
    }
}
