package org.sekisho.control.terminal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.Reach;

/** The organisation tree as the terminals tell it. */
@Path("/api/v1/org-units")
@Tag(name = "terminals")
@Produces(MediaType.APPLICATION_JSON)
public class OrgUnitsResource {
    private final Jdbi jdbi;
    private final Jurisdiction jurisdiction;

    @Inject
    OrgUnitsResource(Jdbi jdbi, Jurisdiction jurisdiction) {
        this.jdbi = jdbi;
        this.jurisdiction = jurisdiction;
    }

    /** By path; a division comes before those below it, and counts their terminals too. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listOrgUnits", summary = "Divisions that have terminals, with those above them")
    public OrgUnitPage list() {
        Reach reach = jurisdiction.reach();
        Map<String, Long> counts = new TreeMap<>();
        jdbi.useHandle(handle -> reach.bind(handle.createQuery("SELECT org_unit, count(*) AS terminals FROM terminal"
                        + " WHERE org_unit IS NOT NULL AND revoked_at IS NULL AND " + reach.condition("org_unit")
                        + " GROUP BY org_unit"))
                .map((row, context) -> Map.entry(row.getString("org_unit"), row.getLong("terminals")))
                .forEach(entry -> count(entry.getKey(), entry.getValue(), reach, counts)));
        return new OrgUnitPage(
                counts.entrySet().stream()
                        .map(entry -> new OrgUnitView(entry.getKey(), entry.getValue()))
                        .toList(),
                null);
    }

    private static void count(String unit, long terminals, Reach reach, Map<String, Long> counts) {
        for (String path = unit; !path.isEmpty() && reach.covers(path); path = parent(path)) {
            counts.merge(path, terminals, Long::sum);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /**
     * A division.
     *
     * @param terminals active ones in it and below
     */
    @Schema(
            name = "OrgUnit",
            requiredProperties = {"path", "terminals"})
    public record OrgUnitView(String path, long terminals) {}

    /**
     * The tree.
     *
     * @param next always null
     */
    public record OrgUnitPage(
            List<OrgUnitView> items, @Nullable String next) {}
}
