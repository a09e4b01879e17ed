package org.sekisho.control.server;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.pki.Installation;

/** What clients and those who enrol terminals need to know of this server. */
@Path("/api/v1/server")
@Tag(name = "server")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {
    private final ServerSettings settings;
    private final Installation installation;
    private final String version;

    @Inject
    ServerResource(
            ServerSettings settings,
            Installation installation,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.installation = installation;
        this.version = version;
    }

    /** Version, tenant, trust anchor, ports. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getServer", summary = "This server")
    public ServerView get() {
        return new ServerView(
                version,
                settings.tenant(),
                Installation.pem(installation.authority().certificate()),
                settings.grpcPort(),
                List.of("MY_NUMBER", "LGWAN", "INTERNET"));
    }

    /**
     * This server.
     *
     * @param caPem trust anchor for this server and the terminals' port
     * @param grpcPort the terminals' port
     */
    @Schema(
            name = "Server",
            requiredProperties = {"version", "tenant", "caPem", "grpcPort", "segments"})
    public record ServerView(String version, String tenant, String caPem, int grpcPort, List<String> segments) {}
}
