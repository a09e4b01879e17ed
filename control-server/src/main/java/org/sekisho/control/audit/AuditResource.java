package org.sekisho.control.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.Role;

/** The record of what operators did, for those who check on them. */
@Path("/api/v1/audit")
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private final AuditLog log;

    @Inject
    AuditResource(AuditLog log) {
        this.log = log;
    }

    /** Entries newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listAudit", summary = "What operators did, newest first")
    public AuditPage list(
            @QueryParam("after") @Nullable Long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
        List<ChainedEntry> links = log.newest(after, limit);
        String next = links.size() < limit
                ? null
                : Long.toString(links.getLast().entry().seq());
        return new AuditPage(links.stream().map(AuditItem::of).toList(), next);
    }

    /** Proves the chain, from its first entry to its last. */
    @GET
    @Path("verification")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "verifyAudit", summary = "Prove the whole audit chain")
    public AuditVerification verify() {
        return log.verify();
    }

    /**
     * One page of entries.
     *
     * @param next where the next page begins; null on the last
     */
    @Schema(requiredProperties = "items")
    public record AuditPage(List<AuditItem> items, @Nullable String next) {}

    /** One act, with the hash that binds it to all before. */
    @Schema(requiredProperties = {"seq", "at", "operator", "action", "target", "detail", "hash"})
    public record AuditItem(
            long seq,
            Instant at,
            String operator,
            String action,
            String target,
            Map<String, String> detail,
            String hash) {

        static AuditItem of(ChainedEntry link) {
            AuditEntry entry = link.entry();
            return new AuditItem(
                    entry.seq(),
                    entry.at(),
                    entry.operator(),
                    entry.action(),
                    entry.target(),
                    AuditDetail.read(entry.detail()),
                    HexFormat.of().formatHex(link.hash()));
        }
    }
}
