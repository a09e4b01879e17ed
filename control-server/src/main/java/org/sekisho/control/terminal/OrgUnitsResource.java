package org.sekisho.control.terminal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.OrganisationTree;
import org.sekisho.control.organisation.Reach;

/** The organisation tree: what was drawn, and what terminals tell besides. */
@Path("/api/v1/org-units")
@Tag(name = "terminals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrgUnitsResource {
    private final Jdbi jdbi;
    private final Jurisdiction jurisdiction;
    private final OrganisationTree tree;
    private final TerminalStore terminals;
    private final AuditLog audit;

    @Inject
    OrgUnitsResource(
            Jdbi jdbi, Jurisdiction jurisdiction, OrganisationTree tree, TerminalStore terminals, AuditLog audit) {
        this.jdbi = jdbi;
        this.jurisdiction = jurisdiction;
        this.tree = tree;
        this.terminals = terminals;
        this.audit = audit;
    }

    /** By path; a division comes before those below it, and counts their terminals too. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listOrgUnits", summary = "Divisions, with those above them")
    public OrgUnitPage list() {
        Reach reach = jurisdiction.reach();
        Map<String, Long> counts = new TreeMap<>();
        tree.drawn().forEach(path -> count(path, 0, reach, counts));
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

    /** Draws divisions; what is there already stays. */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "addOrgUnits", summary = "Add divisions to the organisation tree")
    public OrgUnitPage add(@NotNull @Valid NewOrgUnits request) {
        List<OrgUnit> units = request.paths().stream().map(OrgUnit::parse).toList();
        tree.add(units);
        audit.record(
                "org-unit.create",
                units.getFirst().path(),
                Map.of(
                        "paths",
                        String.join(", ", units.stream().map(OrgUnit::path).toList())));
        return list();
    }

    /** A branch gets another path, everywhere; its terminals are told at once. */
    @POST
    @Path("rename")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "renameOrgUnit", summary = "Rename a division, or put it elsewhere in the tree")
    public OrgUnitPage rename(@NotNull @Valid Renaming request) {
        OrgUnit from = OrgUnit.parse(request.from());
        OrgUnit to = OrgUnit.parse(request.to());
        terminals.tellChanged(tree.rename(from, to));
        audit.record("org-unit.rename", from.path(), Map.of("to", to.path()));
        return list();
    }

    /** A division without terminals goes, with those below it. */
    @DELETE
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "deleteOrgUnit", summary = "Take a division without terminals out of the tree")
    public void remove(@QueryParam("path") @NotBlank @Size(max = 200) String path) {
        OrgUnit unit = OrgUnit.parse(path);
        tree.remove(unit);
        audit.record("org-unit.delete", unit.path(), Map.of());
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
     * Divisions to be drawn.
     *
     * @param paths such as 総務部/税務課
     */
    public record NewOrgUnits(
            @NotNull @NotEmpty @Size(max = 500) List<@NotBlank @Size(max = 200) String> paths) {}

    /** A branch's path now, and the one that it gets. */
    public record Renaming(
            @NotBlank @Size(max = 200) String from,
            @NotBlank @Size(max = 200) String to) {}

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
    @Schema(requiredProperties = "items")
    public record OrgUnitPage(
            List<OrgUnitView> items, @Nullable String next) {}
}
