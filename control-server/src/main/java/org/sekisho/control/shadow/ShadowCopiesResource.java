package org.sekisho.control.shadow;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.shadow.ShadowCopyStore.Listed;
import org.sekisho.control.shadow.ShadowCopyView.State;
import org.sekisho.shadow.ShadowFormat;

/** Which shadow copies there are; what is in them, the server can't tell. */
@Path("/api/v1/shadow-copies")
@Tag(name = "shadow-copies")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class ShadowCopiesResource {
    private final ShadowCopyStore copies;
    private final Jurisdiction jurisdiction;

    @Inject
    ShadowCopiesResource(ShadowCopyStore copies, Jurisdiction jurisdiction) {
        this.copies = copies;
        this.jurisdiction = jurisdiction;
    }

    /** Newest first. */
    @GET
    @Operation(operationId = "listShadowCopies", summary = "Shadow copies, newest first")
    public ShadowCopyPage list(
            @QueryParam("state") @Nullable State state,
            @QueryParam("terminal") @Size(max = 64) @Nullable String terminal,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        List<Listed> found =
                copies.list(jurisdiction.reach(), state, terminal, limit + 1, after == null ? null : cursor(after));
        List<ShadowCopyView> items =
                found.stream().limit(limit).map(Listed::copy).toList();
        if (found.size() <= limit) {
            return new ShadowCopyPage(items, null);
        }
        Listed last = found.get(limit - 1);
        return new ShadowCopyPage(items, Cursor.of(last.knownAt(), last.copy().id()));
    }

    private static List<String> cursor(String after) {
        List<String> key = Cursor.read(after, 2);
        try {
            Instant.parse(key.get(0));
            if (ShadowFormat.isId(key.get(1))) {
                return key;
            }
        } catch (DateTimeException e) {
            // Told below, like every other cursor that isn't ours.
        }
        throw ProblemException.badRequest("The cursor in `after` is not one that this server gave");
    }

    /** One copy. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getShadowCopy", summary = "One shadow copy, and who opened it")
    public ShadowCopyView get(@PathParam("id") String id) {
        return copies.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("shadow copy", id));
    }

    /** One page. */
    @Schema(requiredProperties = "items")
    public record ShadowCopyPage(
            List<ShadowCopyView> items, @Nullable String next) {}
}
