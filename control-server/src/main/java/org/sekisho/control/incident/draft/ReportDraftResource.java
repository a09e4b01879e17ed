package org.sekisho.control.incident.draft;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.document.PdfRenderer;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.incident.IncidentLooks;
import org.sekisho.control.incident.IncidentSearch;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.rest.ProblemException;

/** The drafts of the two reports that an incident may need. */
@Path("/api/v1/incidents/{id}/report-drafts/{stage}")
@Tag(name = "incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class ReportDraftResource {
    private static final String PDF = "application/pdf";

    private final IncidentSearch incidents;
    private final CaseFactsReader facts;
    private final DraftStore drafts;
    private final PdfRenderer renderer;
    private final Installation installation;
    private final IncidentLooks looks;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SignedIn operator;
    private final Clock clock;

    @Inject
    ReportDraftResource(
            IncidentSearch incidents,
            CaseFactsReader facts,
            DraftStore drafts,
            PdfRenderer renderer,
            Installation installation,
            IncidentLooks looks,
            AuditLog audit,
            Jurisdiction jurisdiction,
            SignedIn operator,
            Clock clock) {
        this.incidents = incidents;
        this.facts = facts;
        this.drafts = drafts;
        this.renderer = renderer;
        this.installation = installation;
        this.looks = looks;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
        this.clock = clock;
    }

    /** What would be handed in now. */
    @GET
    @Transactional
    @Operation(
            operationId = "getReportDraft",
            summary = "Draft of the incident's preliminary or full report; the look is recorded")
    public ReportDraft get(
            @PathParam("id") long id,
            @PathParam("stage") ReportStage stage,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language) {
        IncidentView incident = found(id);
        looks.record(id);
        return draft(new DraftWriter(Locale.of(language)), incident, stage);
    }

    /** Keeps what somebody wrote in place of proposals; refused with 409 if somebody else changed it meanwhile. */
    @PUT
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(operationId = "setReportDraft", summary = "Write items of a report's draft in place of what is proposed")
    public ReportDraft set(
            @PathParam("id") long id,
            @PathParam("stage") ReportStage stage,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language,
            @NotNull @Valid DraftChange change) {
        IncidentView incident = found(id);
        Map<ReportItem, String> items = change.checked();
        drafts.replace(id, stage, items, change.version(), operator.name());
        audit.record(
                "incident.report-draft",
                String.valueOf(id),
                Map.of("stage", stage.name(), "items", new TreeSet<>(items.keySet()).toString()));
        return draft(new DraftWriter(Locale.of(language)), incident, stage);
    }

    /** As it stands, as PDF or plain text; the download is recorded. */
    @GET
    @Path("download")
    @Produces({PDF, MediaType.TEXT_PLAIN})
    @Transactional
    @Operation(
            operationId = "downloadReportDraft",
            summary = "Draft of a report as PDF or plain text; the download is recorded")
    @APIResponse(
            responseCode = "200",
            description = "The draft",
            content = {
                @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
            })
    public Response download(
            @PathParam("id") long id,
            @PathParam("stage") ReportStage stage,
            @QueryParam("format") @DefaultValue("pdf") @Pattern(regexp = "pdf|txt") String format,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language) {
        DraftWriter writer = new DraftWriter(Locale.of(language));
        ReportDraft draft = draft(writer, found(id), stage);
        Instant now = clock.instant();
        boolean asPdf = format.equals("pdf");
        byte[] file = asPdf
                ? renderer.render(writer.document(draft, installation.tenant(), now))
                : writer.plain(draft, installation.tenant(), now).getBytes(StandardCharsets.UTF_8);
        audit.record(
                "incident.report-download",
                String.valueOf(id),
                Map.of("stage", stage.name(), "format", format, "language", language));
        String name = "incident-" + id + "-" + stage.name().toLowerCase(Locale.ROOT) + "-report." + format;
        return Response.ok(file, asPdf ? PDF : MediaType.TEXT_PLAIN + ";charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    private ReportDraft draft(DraftWriter writer, IncidentView incident, ReportStage stage) {
        return writer.draft(incident, facts.read(incident), stage, drafts.find(incident.id(), stage));
    }

    private IncidentView found(long id) {
        return incidents.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("incident", id));
    }
}
