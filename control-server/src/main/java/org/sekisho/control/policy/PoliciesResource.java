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
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
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

    /** The segments by name, as a pattern. */
    static final String SEGMENTS = "MY_NUMBER|LGWAN|INTERNET";

    private final PolicyStore policies;
    private final PolicyDrafts drafts;
    private final PolicyPublication publication;
    private final PolicyStages stages;
    private final SignedDocuments documents;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    PoliciesResource(
            PolicyStore policies,
            PolicyDrafts drafts,
            PolicyPublication publication,
            PolicyStages stages,
            SignedDocuments documents,
            AuditLog audit,
            Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.policies = policies;
        this.drafts = drafts;
        this.publication = publication;
        this.stages = stages;
        this.documents = documents;
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
     * Signs the draft as the segment's next revision and pushes it to every connected terminal of the segment, or of the pilot
     * group. What loosens becomes a proposal instead (202), and waits for a second person. A policy is the whole segment's, so an
     * administrator of a branch alone may not.
     */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(
            operationId = "publishPolicy",
            summary = "Publish a draft as the segment's next revision, or propose it if it loosens")
    @APIResponse(
            responseCode = "201",
            description = "Published",
            content = @Content(schema = @Schema(implementation = PolicyView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It loosens: it waits for a second person's consent",
            content = @Content(schema = @Schema(implementation = ProposalView.class)))
    public Response publish(@NotNull @Valid Publication request) {
        return answer(
                publication.publish(new PolicyPublication.Request(
                        request.yaml(), request.reason(), request.expectedCurrent(), request.pilot())),
                "policy.publish",
                request.reason());
    }

    /** Publishes anew what a revision said. What that loosens waits for a second person, but for the end of a pilot. */
    @POST
    @Path("{segment}/{revision}/restoration")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(
            operationId = "restorePolicy",
            summary = "Go back: publish an earlier revision's content under the next number")
    @APIResponse(
            responseCode = "201",
            description = "Published",
            content = @Content(schema = @Schema(implementation = PolicyView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It loosens: it waits for a second person's consent",
            content = @Content(schema = @Schema(implementation = ProposalView.class)))
    public Response restore(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment,
            @PathParam("revision") long revision,
            @NotNull @Valid Restoration request) {
        return answer(publication.restore(segment, revision, request.reason()), "policy.restore", request.reason());
    }

    private Response answer(PolicyPublication.Outcome outcome, String action, String reason) {
        return switch (outcome) {
            case PolicyPublication.Outcome.Published(PolicyView published) -> {
                audit.record(
                        action,
                        published.segment() + "/" + published.revision(),
                        Map.of(
                                "reason",
                                reason,
                                "name",
                                published.name(),
                                "pilot",
                                String.valueOf(published.stage() != null)));
                yield Response.status(201).entity(published).build();
            }
            case PolicyPublication.Outcome.Waits(ProposalView proposal) -> {
                audit.record(
                        "policy.propose",
                        proposal.segment() + "/proposal-" + proposal.id(),
                        Map.of("reason", reason, "name", proposal.name()));
                yield Response.status(202).entity(proposal).build();
            }
        };
    }

    /** Takes a pilot further: to everybody, to nobody more, or on to the pilot group again. */
    @POST
    @Path("{segment}/{revision}/stage")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "stagePolicy", summary = "Publish a pilot to everybody, stop it, or let it go on")
    public PolicyView stage(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment,
            @PathParam("revision") long revision,
            @NotNull @Valid StageChange request) {
        PolicyView staged = stages.change(segment, revision, request.state(), request.reason());
        audit.record(
                "policy.stage",
                segment + "/" + revision,
                Map.of("state", request.state().name(), "reason", request.reason()));
        return staged;
    }

    /** What changed from one revision to another. */
    @GET
    @Path("{segment}/{revision}/diff")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "diffRevisions", summary = "What a revision tightens and loosens against another")
    public PolicyDiffResult diff(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment,
            @PathParam("revision") long revision,
            @Parameter(required = true) @QueryParam("against") @Min(1) long against) {
        return drafts.between(segment, revision, against);
    }

    /** The very bytes that terminals get, and the keys that they check them with. */
    @GET
    @Path("{segment}/{revision}/signed")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getSignedPolicy", summary = "A revision as it was signed, and the keys to check it")
    public SignedDocument signed(
            @PathParam("segment") @Pattern(regexp = SEGMENTS) String segment, @PathParam("revision") long revision) {
        return documents.of(segment, revision);
    }

    /** A draft. */
    public record Draft(@NotBlank @Size(max = MAX_YAML) String yaml) {}

    /**
     * A draft to publish.
     *
     * @param reason why; goes to the history and the audit log
     * @param expectedCurrent the revision that the author saw as current, 0 for none; absent: whichever it is
     * @param pilot whom it goes to first; absent: to everybody at once
     */
    public record Publication(
            @NotBlank @Size(max = MAX_YAML) String yaml,
            @NotBlank @Size(max = 1000) String reason,
            @Min(0) @Nullable Long expectedCurrent,
            @Valid @Nullable NewPilot pilot) {}

    /** Why an earlier revision's content is published anew. */
    public record Restoration(@NotBlank @Size(max = 1000) String reason) {}

    /** Where to take a roll-out in stages, and why. */
    public record StageChange(
            @NotNull PolicyView.StageState state,
            @NotBlank @Size(max = 1000) String reason) {}

    /**
     * A revision as it was signed; bytes in Base64.
     *
     * @param signed {@code org.sekisho.v1.Signed}, as terminals get it
     * @param payload what the signature is over, behind {@code prefix}: {@code org.sekisho.v1.SignedPayload}
     * @param prefix characters that stand before the payload when it is signed
     * @param signature Ed25519
     * @param keys public keys (X.509 SubjectPublicKeyInfo, DER) that terminals of this installation trust
     */
    @Schema(requiredProperties = {"segment", "revision", "signed", "payload", "prefix", "signature", "keys"})
    public record SignedDocument(
            String segment,
            long revision,
            String signed,
            String payload,
            String prefix,
            String signature,
            List<String> keys) {}

    /** What a check found; no error means that it can be published. */
    @Schema(requiredProperties = "findings")
    public record PolicyCheckResult(@Nullable String segment, List<Finding> findings) {}

    /**
     * What a draft changes.
     *
     * @param against the current revision; absent: none is published, and all is new
     * @param needsConsent publishing it waits for a second person, because it loosens
     */
    @Schema(requiredProperties = {"needsConsent", "changes"})
    public record PolicyDiffResult(@Nullable Long against, boolean needsConsent, List<PolicyChange> changes) {}

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
    @Schema(requiredProperties = "items")
    public record PolicyPage(
            List<PolicyView> items, @Nullable String next) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record RolloutPage(
            List<RolloutEntry> items, @Nullable String next) {}
}
