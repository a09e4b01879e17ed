package org.sekisho.control.terminal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/** Groups of terminals, by rule and by hand. Who may change them has the whole organisation: policies go out by groups. */
@Path("/api/v1/terminal-groups")
@Tag(name = "terminals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TerminalGroupsResource {
    private final TerminalGroups groups;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    TerminalGroupsResource(TerminalGroups groups, AuditLog audit, Jurisdiction jurisdiction) {
        this.groups = groups;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
    }

    /** By name. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listTerminalGroups", summary = "Groups of terminals by name")
    public TerminalGroupPage list() {
        return new TerminalGroupPage(groups.all(jurisdiction.reach()), null);
    }

    /** A new group. */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = TerminalGroupView.class, responseCode = "201")
    @Operation(operationId = "createTerminalGroup", summary = "Make a group of terminals")
    public TerminalGroupView create(@NotNull @Valid GroupDefinition group) {
        UUID id = UUID.randomUUID();
        if (!groups.insert(id, sound(group))) {
            throw taken(group);
        }
        setMembers(id, group);
        audit.record("terminal-group.create", id.toString(), Map.of("name", group.name()));
        return found(id);
    }

    /** Takes the place of what the group was. */
    @PUT
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "replaceTerminalGroup", summary = "Define a group of terminals anew")
    public TerminalGroupView replace(@PathParam("id") UUID id, @NotNull @Valid GroupDefinition group) {
        TerminalGroupView before = found(id);
        long seen = group.version() == null ? before.version() : group.version();
        boolean taken = groups.all(Reach.EVERYTHING).stream()
                .anyMatch(other -> !other.id().equals(id)
                        && other.name().equals(group.name().strip()));
        if (taken) {
            throw taken(group);
        }
        if (!groups.update(id, sound(group), seen)) {
            throw ProblemException.stale("The group is at version " + before.version());
        }
        setMembers(id, group);
        audit.record("terminal-group.update", id.toString(), Map.of("name", group.name()));
        return found(id);
    }

    /** Its terminals stay as they are. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "deleteTerminalGroup", summary = "Delete a group of terminals")
    public void delete(@PathParam("id") UUID id) {
        TerminalGroupView before = found(id);
        if (!groups.isNoPilot(id)) {
            throw new ProblemException(
                    409,
                    "group-of-a-pilot",
                    "A policy is being tried by group " + before.name() + ", or is proposed for it; end that first");
        }
        groups.delete(id);
        audit.record("terminal-group.delete", id.toString(), Map.of("name", before.name()));
    }

    private TerminalGroupView found(UUID id) {
        return groups.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("group", id));
    }

    private void setMembers(UUID id, GroupDefinition group) {
        if (group.members() != null) {
            groups.setMembers(id, group.members());
        }
    }

    private static GroupDefinition sound(GroupDefinition group) {
        if (group.orgUnit() != null && !group.orgUnit().isBlank()) {
            OrgUnit.parse(group.orgUnit());
        }
        return group;
    }

    private static ProblemException taken(GroupDefinition group) {
        return ProblemException.stale("There is a group " + group.name() + " already");
    }

    /**
     * What a group is. Of the rule all that is set must hold; with nothing set the group has only who is put into it.
     *
     * @param orgUnit this division and those below it
     * @param hostPattern with * and ?
     * @param versionPattern of the agent, with * and ?
     * @param osPattern with * and ?
     * @param members terminals in it by hand; absent: as they are
     * @param version the one that was seen; absent: whatever it is
     */
    public record GroupDefinition(
            @NotBlank @Size(max = 100) String name,
            @Size(max = 500) @Nullable String note,
            @Size(max = 200) @Nullable String orgUnit,

            @Pattern(regexp = "MY_NUMBER|LGWAN|INTERNET") @Nullable
            String segment,

            @Size(max = 200) @Nullable String hostPattern,
            @Size(max = 200) @Nullable String versionPattern,
            @Size(max = 200) @Nullable String osPattern,
            @Size(max = 5_000) @Nullable List<@NotBlank @Size(max = 64) String> members,
            @Nullable Long version) {}

    /**
     * A group.
     *
     * @param members terminals in it by hand
     * @param terminals how many are in it now, by hand or by rule
     */
    @Schema(
            name = "TerminalGroup",
            requiredProperties = {"id", "name", "note", "members", "terminals", "version"})
    public record TerminalGroupView(
            UUID id,
            String name,
            String note,
            @Nullable String orgUnit,
            @Nullable String segment,
            @Nullable String hostPattern,
            @Nullable String versionPattern,
            @Nullable String osPattern,
            List<String> members,
            long terminals,
            long version) {}

    /**
     * All groups.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record TerminalGroupPage(
            List<TerminalGroupView> items, @Nullable String next) {}
}
