package org.sekisho.control.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.document.PdfRenderer;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;

/** Reports: ordered, made in the background, kept. */
@Path("/api/v1/reports")
@Tag(name = "reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
@WithinBranch
public class ReportsResource {
    private static final String PDF = "application/pdf";
    private static final String CSV = "text/csv";
    /** A fiscal year, and a leap day. */
    private static final int MOST_DAYS = 366;

    private final ReportStore reports;
    private final PdfRenderer renderer;
    private final Installation installation;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SignedIn operator;

    @Inject
    ReportsResource(
            ReportStore reports,
            PdfRenderer renderer,
            Installation installation,
            AuditLog audit,
            Jurisdiction jurisdiction,
            SignedIn operator) {
        this.reports = reports;
        this.renderer = renderer;
        this.installation = installation;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** Newest first. */
    @GET
    @Operation(operationId = "listReports", summary = "Reports, newest first")
    public ReportPage list(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Nullable String after) {
        return reports.page(jurisdiction.reach(), limit, after);
    }

    /** Has one made. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = ReportView.class, responseCode = "201")
    @Operation(operationId = "orderReport", summary = "Have a report made")
    public ReportView order(@NotNull @Valid NewReport wanted) {
        OrgUnit unit = wanted.orgUnit() == null || wanted.orgUnit().isBlank() ? null : OrgUnit.parse(wanted.orgUnit());
        jurisdiction.require(unit);
        if (wanted.kind() == ReportKind.OPERATOR_AUDIT && unit != null) {
            throw ProblemException.badRequest("Operators belong to no division: order it for the whole organisation");
        }
        if (wanted.until().isBefore(wanted.from())
                || wanted.from().plusDays(MOST_DAYS).isBefore(wanted.until())) {
            throw ProblemException.badRequest("A report is about a day to a year, `from` up to `until`");
        }
        String path = unit == null ? null : unit.path();
        long id = reports.order(new ReportOrder(wanted.kind(), wanted.from(), wanted.until(), path), operator.name());
        audit.record(
                "report.order",
                String.valueOf(id),
                Map.of(
                        "kind", wanted.kind().name(),
                        "from", wanted.from().toString(),
                        "until", wanted.until().toString(),
                        "orgUnit", path == null ? "" : path));
        return found(id);
    }

    /** One, in words. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getReport", summary = "One report, in a language once it is made")
    public ReportView get(
            @PathParam("id") long id,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language) {
        ReportView report = found(id);
        ReportTexts texts = new ReportTexts(Locale.of(language));
        return reports.content(id)
                .map(content -> report.read(texts.title(report), texts.parts(content)))
                .orElse(report);
    }

    /** It is wanted no more. */
    @POST
    @Path("{id}/cancellation")
    @Transactional
    @Operation(operationId = "cancelReport", summary = "Stop making a report")
    public ReportView cancel(@PathParam("id") long id) {
        found(id);
        if (!reports.cancel(id)) {
            throw ProblemException.stale("Report " + id + " is not being made");
        }
        audit.record("report.cancel", String.valueOf(id), Map.of());
        return found(id);
    }

    /** As PDF or CSV; the download is recorded. */
    @GET
    @Path("{id}/download")
    @Produces({PDF, CSV})
    @Transactional
    @Operation(operationId = "downloadReport", summary = "A report as PDF or CSV; the download is recorded")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    public Response download(
            @PathParam("id") long id,
            @QueryParam("format") @DefaultValue("pdf") @Pattern(regexp = "pdf|csv") String format,
            @QueryParam("language") @DefaultValue("ja") @Pattern(regexp = "ja|en") String language) {
        ReportView report = found(id);
        ReportContent content =
                reports.content(id).orElseThrow(() -> ProblemException.stale("Report " + id + " is not made yet"));
        ReportTexts texts = new ReportTexts(Locale.of(language));
        boolean asPdf = format.equals("pdf");
        byte[] file = asPdf
                ? renderer.render(texts.document(report, content, installation.tenant()))
                : texts.csv(report, content, installation.tenant()).getBytes(StandardCharsets.UTF_8);
        audit.record("report.download", String.valueOf(id), Map.of("format", format, "language", language));
        return Response.ok(file, asPdf ? PDF : CSV + ";charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report-" + id + "." + format + "\"")
                .build();
    }

    private ReportView found(long id) {
        return reports.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("report", id));
    }

    /**
     * What is wanted.
     *
     * @param from first day, in Japan
     * @param until last day, included; of ENFORCEMENT it alone counts
     * @param orgUnit a division, with all below; absent: the whole organisation
     */
    @Schema(name = "NewReport")
    public record NewReport(
            @NotNull ReportKind kind,
            @NotNull LocalDate from,
            @NotNull LocalDate until,

            @Size(max = 200) @Nullable String orgUnit) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record ReportPage(
            List<ReportView> items, @Nullable String next) {}
}
