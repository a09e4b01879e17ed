package org.sekisho.control.media;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.ProblemException;

/** The media register as a table, in and out. */
@Path("/api/v1/media")
@Tag(name = "media")
@Produces(MediaType.APPLICATION_JSON)
@WithinBranch
public class MediaTableResource {
    private static final String CSV = "text/csv";
    /** As much as the whole register of a segment takes. */
    private static final int MAX_TABLE = 8 << 20;
    /** As many as a register holds, of each segment. */
    private static final int MAX_EXPORT = 60_000;

    private final MediaStore media;
    private final MediaDesk desk;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    MediaTableResource(MediaStore media, MediaDesk desk, AuditLog audit, Jurisdiction jurisdiction) {
        this.media = media;
        this.desk = desk;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
    }

    /** Registers all of a table, or, if any line has an error, nothing. */
    @POST
    @Path("import")
    @Consumes(CSV)
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "importMedia", summary = "Register many media from CSV: all of them, or none")
    public ImportResult importTable(@NotNull @Size(max = MAX_TABLE) byte[] table) {
        String text = MediaCsv.text(table)
                .orElseThrow(() -> new ProblemException(
                        422, "encoding", "The table is neither UTF-8 nor Shift_JIS (CP932); save it as CSV UTF-8"));
        MediaImport read = new MediaImport(jurisdiction.reach(), desk.now());
        read.read(MediaCsv.read(text));
        int count = desk.register(read);
        audit.record("medium.import", "-", Map.of("count", String.valueOf(count)));
        return new ImportResult(count);
    }

    /** The register as a table that {@link #importTable} takes again. */
    @GET
    @Path("export")
    @Produces({CSV, MediaType.APPLICATION_JSON})
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "exportMedia", summary = "The register as CSV")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Response exportTable(
            @QueryParam("segment") @Pattern(regexp = MediaResource.SEGMENTS) @Nullable String segment) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(MediaImport.COLUMNS);
        header.addAll(MediaImport.TOLD_ONLY);
        rows.add(header);
        for (MediumView medium :
                media.list(jurisdiction.reach(), MediaResource.filter(segment, null, null), MAX_EXPORT, null)) {
            rows.add(row(medium));
        }
        return Response.ok(MediaCsv.write(rows), CSV + "; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"media.csv\"")
                .build();
    }

    private static List<String> row(MediumView medium) {
        Device device = medium.device();
        MediumView.Sighting seen = medium.seen();
        return List.of(
                medium.segment(),
                medium.name(),
                text(device.hash()),
                text(device.vendorId()),
                text(device.productId()),
                text(device.serial()),
                text(medium.mediaClass()),
                text(medium.owner()),
                text(medium.note()),
                medium.expiresAt() == null ? "" : MediaImport.lastDay(medium.expiresAt()),
                medium.state().name(),
                medium.registeredBy(),
                seen == null ? "" : seen.at().toString(),
                seen == null ? "" : text(seen.host()),
                seen == null ? "" : text(seen.user()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** How many were registered. */
    @Schema(requiredProperties = {"registered"})
    public record ImportResult(int registered) {}
}
