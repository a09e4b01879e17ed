package org.sekisho.control.policy.simulation;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.common.util.RestMediaType;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.Role;
import org.sekisho.control.policy.PoliciesResource;
import org.sekisho.control.policy.PolicyDrafts;

/** What a draft would have done with the attempts of the last days, in the whole organisation. */
@Path("/api/v1/policies/simulate")
@Tag(name = "policies")
@Consumes(MediaType.APPLICATION_JSON)
public class SimulationsResource {
    /** Three months: as long as a revision is argued about. */
    private static final int MAX_DAYS = 92;

    private static final int DEFAULT_DAYS = 30;

    private final Simulations simulations;
    private final PolicyDrafts drafts;

    @Inject
    SimulationsResource(Simulations simulations, PolicyDrafts drafts) {
        this.simulations = simulations;
        this.drafts = drafts;
    }

    /** One JSON object a line: progress, and at the end the report. Closing the connection cancels it. */
    @POST
    @Blocking
    @Produces(RestMediaType.APPLICATION_NDJSON)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(
            operationId = "simulatePolicy",
            summary = "What a draft would have done with the attempts of the last days: progress, then the report")
    @APIResponse(
            responseCode = "200",
            description = "One JSON object a line; the last has the report, or the failure",
            content =
                    @Content(
                            mediaType = RestMediaType.APPLICATION_NDJSON,
                            schema = @Schema(implementation = SimulationLine.class)))
    public Multi<SimulationLine> simulate(@NotNull @Valid SimulationRequest request) {
        PolicyDrafts.SegmentDraft draft = drafts.readable(request.yaml());
        return simulations.run(draft.policy(), draft.against(), request.days() == null ? DEFAULT_DAYS : request.days());
    }

    /**
     * A draft to try.
     *
     * @param days how many days back from now; 30 if absent
     */
    public record SimulationRequest(
            @NotBlank @Size(max = PoliciesResource.MAX_YAML) String yaml,
            @Min(1) @Max(MAX_DAYS) @Nullable Integer days) {}
}
