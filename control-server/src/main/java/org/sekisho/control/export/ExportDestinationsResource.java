package org.sekisho.control.export;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.export.Destination.Transport;
import org.sekisho.control.identity.Role;
import org.sekisho.control.rest.ProblemException;

/** Where events are sent to. For the whole organisation: a destination gets everybody's events. */
@Path("/api/v1/export-destinations")
@Tag(name = "export")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class ExportDestinationsResource {
    private final DestinationStore destinations;
    private final AuditLog audit;

    @Inject
    ExportDestinationsResource(DestinationStore destinations, AuditLog audit) {
        this.destinations = destinations;
        this.audit = audit;
    }

    /** By name, with how they stand. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listExportDestinations", summary = "Where events are sent to, and how that goes")
    public DestinationPage list() {
        return new DestinationPage(destinations.views(), null);
    }

    /** Begins with what comes from now on. A webhook's secret is shown this once. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = MadeDestination.class, responseCode = "201")
    @Operation(operationId = "createExportDestination", summary = "Send events to a receiver from now on")
    public MadeDestination create(@NotNull @Valid NewDestination wanted) {
        wanted.check();
        if (destinations.views().size() >= Exports.MAX_DESTINATIONS) {
            throw ProblemException.badRequest("There can be " + Exports.MAX_DESTINATIONS + " destinations at most");
        }
        UUID id = UUID.randomUUID();
        String secret = wanted.transport() == Transport.WEBHOOK ? SignedPost.newSecret() : null;
        if (!destinations.insert(id, wanted, secret)) {
            throw new ProblemException(409, "name-taken", "There is a destination of that name already");
        }
        audit.record(
                "export.create",
                wanted.name().strip(),
                Map.of(
                        "transport", wanted.transport().name(),
                        "format", wanted.format().name(),
                        "address", wanted.address()));
        return new MadeDestination(existing(id), secret);
    }

    /** Pauses it or lets it go on where it stopped; refused with 409 if somebody else changed it meanwhile. */
    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(operationId = "updateExportDestination", summary = "Pause an export, or go on with it")
    public DestinationView update(@PathParam("id") UUID id, @NotNull @Valid DestinationChange change) {
        DestinationView before = existing(id);
        if (!destinations.enable(id, change.enabled(), change.version())) {
            throw ProblemException.stale("The destination is at version " + before.version());
        }
        audit.record("export.update", before.name(), Map.of("enabled", String.valueOf(change.enabled())));
        return existing(id);
    }

    /** What it hasn't taken yet isn't sent any more. */
    @DELETE
    @Path("{id}")
    @Transactional
    @Operation(operationId = "deleteExportDestination", summary = "Send no more to a receiver")
    public void delete(@PathParam("id") UUID id) {
        DestinationView before = existing(id);
        destinations.delete(id);
        audit.record("export.delete", before.name(), Map.of("address", before.address()));
    }

    private DestinationView existing(UUID id) {
        return destinations.view(id).orElseThrow(() -> ProblemException.notFound("export destination", id));
    }

    /**
     * All of them.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record DestinationPage(
            List<DestinationView> items, @Nullable String next) {}

    /**
     * One that was made.
     *
     * @param secret key of the webhook's signature, never shown again; absent for syslog
     */
    @Schema(
            name = "NewlyMadeExportDestination",
            requiredProperties = {"destination"})
    public record MadeDestination(
            DestinationView destination, @Nullable String secret) {}

    /**
     * A change.
     *
     * @param version as last seen
     */
    @Schema(name = "ExportDestinationChange")
    public record DestinationChange(
            @NotNull Boolean enabled, @NotNull Long version) {}
}
