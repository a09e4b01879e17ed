package org.sekisho.control.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.identity.SecurityIdentity;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
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
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.identity.Invitations.Invitation;
import org.sekisho.control.identity.Invitations.Issued;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/** One-time links by which people come in, for administrators. */
@Path("/api/v1/invitations")
@Tag(name = "operators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitationsResource {
    /** A link that lies about longer is one that somebody finds. */
    static final Duration MAX_LIFE = Duration.ofDays(14);

    private final Invitations invitations;
    private final OperatorStore operators;
    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final SignInSettings settings;
    private final SignInAddresses addresses;
    private final Jurisdiction jurisdiction;

    @Inject
    InvitationsResource(
            Invitations invitations,
            OperatorStore operators,
            AuditLog audit,
            SecurityIdentity identity,
            SignInSettings settings,
            SignInAddresses addresses,
            Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.invitations = invitations;
        this.operators = operators;
        this.audit = audit;
        this.identity = identity;
        this.settings = settings;
        this.addresses = addresses;
    }

    /** Newest first; whoever is limited to a branch sees those for that branch alone. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listInvitations", summary = "Invitations, newest first")
    public InvitationPage list() {
        return new InvitationPage(
                invitations.recent().stream()
                        .filter(this::isWithinReach)
                        .map(one -> view(one, null))
                        .toList(),
                null);
    }

    /** For another passkey of somebody: that is for who may change every operator. */
    private boolean isWithinReach(Invitation invitation) {
        Grants grants = invitation.grants();
        Reach reach = jurisdiction.reach();
        return grants == null ? reach.isEverything() : grants.liesIn(reach);
    }

    /**
     * A new link; answered this once. Whoever opens it and registers a passkey becomes the operator. An administrator of a
     * branch invites for that branch.
     */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = InvitationView.class, responseCode = "201")
    @Operation(operationId = "createInvitation", summary = "Invite an operator; the link is answered this once")
    public InvitationView invite(@NotNull @Valid NewInvitation wanted) {
        String name = OperatorName.checked(wanted.name());
        if (operators.byName(name).isPresent()) {
            throw ProblemException.badRequest("there is an operator named '" + name + "' already");
        }
        Grants grants = Grants.wanted(wanted.roles());
        grants.all().forEach(grant -> jurisdiction.require(grant.branch().isWhole() ? null : grant.branch()));
        Issued issued = invitations.invite(
                name, wanted.email(), grants, identity.getPrincipal().getName(), end(wanted.expiresAt()));
        audit.record(
                "invitation.create",
                name,
                Map.of("invitation", issued.invitation().id().toString(), "roles", grants.line()));
        return view(issued.invitation(), link(issued));
    }

    /** For somebody who lost their passkey, or was appointed without one. */
    @POST
    @Path("for/{operator}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = InvitationView.class, responseCode = "201")
    @Operation(
            operationId = "createPasskeyLink",
            summary = "Let an operator register another passkey; the link is answered this once")
    public InvitationView readmit(@PathParam("operator") UUID id) {
        Operator operator = operators
                .byId(id)
                .filter(one -> one.kind() == Operator.Kind.PERSON && !one.disabled())
                .orElseThrow(() -> ProblemException.notFound("person in service with the id", id));
        Issued issued = invitations.readmit(operator, identity.getPrincipal().getName(), end(null));
        audit.record(
                "invitation.create",
                operator.name(),
                Map.of("invitation", issued.invitation().id().toString(), "for", "another passkey"));
        return view(issued.invitation(), link(issued));
    }

    /** The link lets nobody in any more. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "deleteInvitation", summary = "Withdraw an invitation")
    public void withdraw(@PathParam("id") UUID id) {
        // What lies elsewhere is withdrawn and found to be so in one transaction, which the refusal then undoes.
        Invitation withdrawn = invitations
                .withdraw(id)
                .filter(this::isWithinReach)
                .orElseThrow(() -> ProblemException.notFound("invitation in force", id));
        audit.record("invitation.delete", withdrawn.name(), Map.of("invitation", id.toString()));
    }

    private Instant end(@Nullable Instant wanted) {
        Instant now = Instant.now();
        Instant end = wanted == null ? now.plus(settings.invitationLife()) : wanted;
        if (!end.isAfter(now) || end.isAfter(now.plus(MAX_LIFE))) {
            throw ProblemException.badRequest(
                    "expiresAt must lie in the future, at most " + MAX_LIFE.toDays() + " days away");
        }
        return end;
    }

    private String link(Issued issued) {
        return addresses.page("/invitation?token=" + issued.secret().text());
    }

    private static InvitationView view(Invitation invitation, @Nullable String link) {
        Grants grants = invitation.grants();
        return new InvitationView(
                invitation.id(),
                link,
                invitation.name(),
                invitation.email(),
                grants == null ? null : grants.view(),
                invitation.operator(),
                invitation.createdBy(),
                invitation.createdAt(),
                invitation.expiresAt(),
                invitation.used()
                        ? InvitationState.USED
                        : invitation.withdrawn()
                                ? InvitationState.WITHDRAWN
                                : invitation.expiresAt().isAfter(Instant.now())
                                        ? InvitationState.OPEN
                                        : InvitationState.EXPIRED);
    }

    /**
     * Whom to invite.
     *
     * @param email kept for the inviter; the server sends no mail
     * @param expiresAt at most 14 days ahead; three days if absent
     */
    public record NewInvitation(
            @NotBlank @Size(max = 200) String name,
            @Size(max = 254) @Nullable String email,
            @NotEmpty @Size(max = Grants.MOST) List<@NotNull @Valid RoleGrant> roles,
            @Nullable Instant expiresAt) {}

    /** What became of an invitation. */
    public enum InvitationState {
        OPEN,
        USED,
        WITHDRAWN,
        EXPIRED
    }

    /**
     * An invitation.
     *
     * @param link the address to send; only in the answer to its creation
     * @param roles of the operator-to-be; absent: for another passkey of {@code operator}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Invitation",
            requiredProperties = {"id", "name", "createdBy", "createdAt", "expiresAt", "state"})
    public record InvitationView(
            UUID id,
            @Nullable String link,
            String name,
            @Nullable String email,
            @Nullable List<RoleGrant> roles,
            @Nullable UUID operator,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            InvitationState state) {
        @Override
        public String toString() {
            return "Invitation[" + id + "]";
        }
    }

    /**
     * Invitations of late.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record InvitationPage(
            List<InvitationView> items, @Nullable String next) {}
}
