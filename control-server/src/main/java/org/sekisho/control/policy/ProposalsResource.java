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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.policy.ProposalStore.Open;
import org.sekisho.control.policy.ProposalView.State;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;

/** What loosens, and waits for a second person's consent. */
@Path("/api/v1/policy-proposals")
@Tag(name = "policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProposalsResource {
    private final Jdbi jdbi;
    private final ProposalStore proposals;
    private final PolicyPublication publication;
    private final PolicyDrafts drafts;
    private final AuditLog audit;
    private final SignedIn operator;
    private final Clock clock;

    @Inject
    ProposalsResource(
            Jdbi jdbi,
            ProposalStore proposals,
            PolicyPublication publication,
            PolicyDrafts drafts,
            AuditLog audit,
            SignedIn operator,
            Clock clock) {
        this.jdbi = jdbi;
        this.proposals = proposals;
        this.publication = publication;
        this.drafts = drafts;
        this.audit = audit;
        this.operator = operator;
        this.clock = clock;
    }

    /** Newest first. Whoever may read a segment's policies may read what is proposed for it. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listPolicyProposals", summary = "Drafts that loosen, newest first")
    public ProposalPage list(
            @QueryParam("segment") @Pattern(regexp = PoliciesResource.SEGMENTS) @Nullable String segment,
            @QueryParam("open") @DefaultValue("false") boolean open,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        return proposals.page(segment, open, limit, after, operator.id(), clock.instant());
    }

    /** One, with what it changes. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getPolicyProposal", summary = "One proposal with its YAML and what it changes")
    public ProposalView get(@PathParam("id") long id) {
        ProposalView found = proposals.get(id, operator.id(), clock.instant());
        return found.with(drafts.changes(String.valueOf(found.yaml()), found.against()));
    }

    /** Consents: it becomes the segment's next revision and is pushed. */
    @POST
    @Path("{id}/approval")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER})
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = PolicyView.class, responseCode = "201")
    @Operation(operationId = "approvePolicyProposal", summary = "Consent to a proposal: publish it")
    public PolicyView approve(@PathParam("id") long id, @NotNull @Valid Consent consent) {
        PolicyView published = publication.approve(id, consent.reason());
        audit.record(
                "policy.approve",
                published.segment() + "/" + published.revision(),
                Map.of(
                        "proposal", String.valueOf(id),
                        "author", published.publishedBy(),
                        "reason", consent.reason() == null ? "" : consent.reason()));
        return published;
    }

    /** Says no. */
    @POST
    @Path("{id}/refusal")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER})
    @Transactional
    @Operation(operationId = "refusePolicyProposal", summary = "Refuse a proposal")
    public ProposalView refuse(@PathParam("id") long id, @NotNull @Valid Refusal refusal) {
        jdbi.useHandle(handle -> {
            proposals.lockForJudgement(handle, id, operator, clock.instant());
            proposals.decide(handle, id, State.REFUSED, operator.id(), refusal.reason(), null, clock.instant());
        });
        return recorded("policy.refuse", id, refusal.reason());
    }

    /** Takes one's own back. */
    @POST
    @Path("{id}/withdrawal")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "withdrawPolicyProposal", summary = "Take back one's own proposal")
    public ProposalView withdraw(@PathParam("id") long id, @NotNull @Valid Consent consent) {
        jdbi.useHandle(handle -> {
            Open proposal = proposals.lock(handle, id, clock.instant());
            if (!proposal.proposedBy().equals(operator.id())) {
                throw new ProblemException(
                        403, "not-the-author", "Only who proposed it takes it back; others may refuse it");
            }
            proposals.decide(handle, id, State.WITHDRAWN, operator.id(), consent.reason(), null, clock.instant());
        });
        return recorded("policy.withdraw", id, consent.reason());
    }

    private ProposalView recorded(String action, long id, @Nullable String reason) {
        ProposalView view = proposals.get(id, operator.id(), clock.instant());
        audit.record(
                action,
                view.segment() + "/proposal-" + id,
                Map.of("author", view.proposedBy(), "reason", reason == null ? "" : reason));
        return view;
    }

    /** Consent, or taking back; the reason is kept if there is one. */
    public record Consent(@Size(max = 1000) @Nullable String reason) {}

    /** A no, with why. */
    public record Refusal(@NotBlank @Size(max = 1000) String reason) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record ProposalPage(
            List<ProposalView> items, @Nullable String next) {}
}
