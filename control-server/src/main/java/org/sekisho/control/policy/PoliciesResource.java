package org.sekisho.control.policy;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
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
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.LocalText;

/** Policies: drafts are checked and compared, revisions are published and never changed. */
@Path("/api/v1/policies")
@Tag(name = "policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PoliciesResource {
    /** As much as a rule book of 2,000 rules needs; the signed form may have 4 MiB. */
    public static final int MAX_YAML = 2 << 20;

    private static final String SEGMENTS = "MY_NUMBER|LGWAN|INTERNET";

    private final PolicyStore policies;
    private final PolicyDrafts drafts;
    private final PolicyPublication publication;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    PoliciesResource(
            PolicyStore policies,
            PolicyDrafts drafts,
            PolicyPublication publication,
            AuditLog audit,
            Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.policies = policies;
        this.drafts = drafts;
        this.publication = publication;
        this.audit = audit;
    }

    /** Newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listPolicies", summary = "Published revisions, newest first")
    public PolicyPage list(
            @QueryParam("segment") @Pattern(regexp = SEGMENTS) @Nullable String segment,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        return policies.page(jurisdiction.reach(), segment, limit, after);
    }

    /** What ships with the product, to start from. */
    @GET
    @Path("templates")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listPolicyTemplates", summary = "Policies to start from, one a segment")
    public List<PolicyTemplate> templates() {
        return drafts.templates();
    }

    /** The segment's newest revision. */
    @GET
    @Path("{segment}/current")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getCurrentPolicy", summary = "The segment's newest revision")
    public PolicyView current(@PathParam("segment") @Pattern(regexp = SEGMENTS) String segment) {
        return policies.current(jurisdiction.reach(), segment);
    }

    /** One revision. */
    @GET
    @Path("{segment}/{revision}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getPolicy", summary = "One published revision with its YAML")
    public PolicyView get(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment, @PathParam("revision") long revision) {
        return policies.get(jurisdiction.reach(), segment, revision);
    }

    /** Where a revision stands on each terminal. */
    @GET
    @Path("{segment}/{revision}/rollout")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listRollout", summary = "How far a revision has come, terminal by terminal")
    public RolloutPage rollout(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment,
            @PathParam("revision") long revision,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        return policies.rollout(jurisdiction.reach(), segment, revision, limit, after);
    }

    /** Says what is wrong or doubtful, and changes nothing. */
    @POST
    @Path("check")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "checkPolicy", summary = "What is wrong or doubtful about a draft")
    public PolicyCheckResult check(@NotNull @Valid Draft draft) {
        return drafts.check(draft.yaml());
    }

    /** Compares with the segment's current revision, and changes nothing. */
    @POST
    @Path("diff")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "diffPolicy", summary = "What a draft tightens and loosens against the current revision")
    public PolicyDiffResult diff(@NotNull @Valid Draft draft) {
        return drafts.diff(draft.yaml());
    }

    /**
     * Signs the draft as the segment's next revision and pushes it to every connected terminal of the segment. A policy is
     * the whole segment's, so an administrator of a branch alone may not.
     */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @ResponseStatus(201)
    @Operation(operationId = "publishPolicy", summary = "Publish a draft as the segment's next revision")
    public PolicyView publish(@NotNull @Valid Publication request) {
        PolicyView published = publication.publish(request.yaml(), request.reason(), request.expectedCurrent());
        audit.record(
                "policy.publish",
                published.segment() + "/" + published.revision(),
                Map.of("reason", request.reason(), "name", published.name()));
        return published;
    }

    /** A draft. */
    public record Draft(@NotBlank @Size(max = MAX_YAML) String yaml) {}

    /**
     * A draft to publish.
     *
     * @param reason why; goes to the history and the audit log
     * @param expectedCurrent the revision that the author saw as current, 0 for none; absent: whichever it is
     */
    public record Publication(
            @NotBlank @Size(max = MAX_YAML) String yaml,
            @NotBlank @Size(max = 1000) String reason,
            @Min(0) @Nullable Long expectedCurrent) {}

    /** What a check found; no error means that it can be published. */
    @Schema(requiredProperties = "findings")
    public record PolicyCheckResult(@Nullable String segment, List<Finding> findings) {}

    /**
     * What a draft changes.
     *
     * @param against the current revision; absent: none is published, and all is new
     */
    @Schema(requiredProperties = "changes")
    public record PolicyDiffResult(@Nullable Long against, List<PolicyChange> changes) {}

    /** One change. */
    @Schema(requiredProperties = {"direction", "message"})
    public record PolicyChange(
            @Nullable String rule, @Nullable String field, Direction direction, LocalText message) {}

    /** What a change does to what may leave a terminal. */
    public enum Direction {
        TIGHTENS,
        LOOSENS,
        NEUTRAL
    }

    /** A policy to start from. */
    @Schema(requiredProperties = {"segment", "yaml"})
    public record PolicyTemplate(String segment, String yaml) {}

    /** Where one terminal stands. */
    @Schema(requiredProperties = {"terminal", "host", "progress"})
    public record RolloutEntry(
            String terminal,
            String host,
            String progress,
            @Nullable String detail,
            @Nullable Instant at) {}

    /** One page. */
    public record PolicyPage(
            List<PolicyView> items, @Nullable String next) {}

    /** One page. */
    public record RolloutPage(
            List<RolloutEntry> items, @Nullable String next) {}
}
