package org.sekisho.control.evidence;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.incident.IncidentSearch;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.rest.ProblemException;

/** Gives out evidence packs. Administrators keep terminals running; what people did is for responders and auditors. */
@Path("/api/v1/incidents/{id}/evidence")
@Tag(name = "incidents")
@WithinBranch
public class EvidenceResource {
    private static final String ZIP = "application/zip";

    private final IncidentSearch incidents;
    private final EvidencePacker packer;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SecurityIdentity operator;

    @Inject
    EvidenceResource(
            IncidentSearch incidents,
            EvidencePacker packer,
            AuditLog audit,
            Jurisdiction jurisdiction,
            SecurityIdentity operator) {
        this.incidents = incidents;
        this.packer = packer;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** The pack, made as it is read. */
    @GET
    @Produces(ZIP)
    @RolesAllowed({Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "getEvidence", summary = "The incident's evidence pack; the download is recorded")
    @APIResponse(
            responseCode = "200",
            description = "A ZIP archive that `sekisho verify-evidence` checks",
            content =
                    @Content(
                            mediaType = ZIP,
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    public Response get(
            @PathParam("id") long id,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language) {
        if (incidents.find(jurisdiction.reach(), id).isEmpty()) {
            throw ProblemException.notFound("incident", id);
        }
        packer.requireFont();
        String me = operator.getPrincipal().getName();
        QuarkusTransaction.requiringNew()
                .run(() -> audit.record("evidence.download", String.valueOf(id), Map.of("language", language)));
        // Read again: what was found so far is older than the download's own entry.
        IncidentView incident = incidents.find(jurisdiction.reach(), id).orElseThrow();
        StreamingOutput body = out -> packer.write(incident, me, Locale.of(language), out);
        return Response.ok(body, ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"incident-" + id + "-evidence.zip\"")
                .build();
    }
}
