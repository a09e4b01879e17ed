package org.sekisho.control.terminal;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;

/** Tokens by which new terminals come in. */
@Path("/api/v1/enrolment-tokens")
@Tag(name = "enrolment-tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EnrolmentTokensResource {
    private static final Duration DEFAULT_LIFE = Duration.ofHours(24);
    /** A token that lies about longer is one that somebody finds. */
    private static final Duration MAX_LIFE = Duration.ofDays(30);

    private final EnrolmentTokens tokens;
    private final TerminalGroups groups;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    EnrolmentTokensResource(EnrolmentTokens tokens, TerminalGroups groups, AuditLog audit, Jurisdiction jurisdiction) {
        this.groups = groups;
        this.jurisdiction = jurisdiction;
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Newest first; also used up and expired ones. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listEnrolmentTokens", summary = "Enrolment tokens, newest first")
    public EnrolmentTokenPage list(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Nullable String after) {
        return tokens.page(jurisdiction.reach(), limit, after);
    }

    /** A new token; its text is answered this once. */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = EnrolmentTokenView.class, responseCode = "201")
    @Operation(
            operationId = "createEnrolmentToken",
            summary = "Make an enrolment token; its text is answered this once")
    public EnrolmentTokenView create(@NotNull @Valid NewEnrolmentToken request) {
        Instant now = Instant.now();
        Instant expiresAt = request.expiresAt() == null ? now.plus(DEFAULT_LIFE) : request.expiresAt();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(MAX_LIFE))) {
            throw ProblemException.badRequest(
                    "expiresAt must be later than now, by at most " + MAX_LIFE.toDays() + " days");
        }
        int uses = request.uses() == null ? 1 : request.uses();
        OrgUnit unit = OrgUnit.parseOrNull(request.orgUnit());
        jurisdiction.require(unit);
        if (request.group() != null && !groups.exists(request.group())) {
            throw ProblemException.badRequest("There is no such group");
        }
        boolean needsApproval = Boolean.TRUE.equals(request.needsApproval());
        EnrolmentTokenView token = tokens.create(
                request.segment(), unit == null ? null : unit.path(), request.group(), needsApproval, expiresAt, uses);
        audit.record(
                "enrolment-token.create",
                token.id().toString(),
                Map.of(
                        "segment",
                        request.segment(),
                        "uses",
                        String.valueOf(uses),
                        "expiresAt",
                        expiresAt.toString(),
                        "needsApproval",
                        String.valueOf(needsApproval)));
        return token;
    }

    /** The token enrols nobody any more. */
    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "deleteEnrolmentToken", summary = "Withdraw an enrolment token")
    public void delete(@PathParam("id") UUID id) {
        if (!tokens.withdraw(jurisdiction.reach(), id)) {
            throw ProblemException.notFound("enrolment token", id);
        }
        audit.record("enrolment-token.delete", id.toString(), Map.of());
    }

    /**
     * What a new token allows.
     *
     * @param segment MY_NUMBER, LGWAN or INTERNET
     * @param orgUnit path in the organisation tree for the terminals it enrols
     * @param group that the terminals it enrols are put into
     * @param needsApproval its terminals get no policy until an administrator approves them; false if absent
     * @param expiresAt at most 30 days ahead; a day if absent
     * @param uses how many terminals; one if absent
     */
    public record NewEnrolmentToken(
            @NotNull @Pattern(regexp = "MY_NUMBER|LGWAN|INTERNET")
            String segment,

            @Size(max = 200) @Nullable String orgUnit,
            @Nullable UUID group,
            @Nullable Boolean needsApproval,
            @Nullable Instant expiresAt,
            @Min(1) @Max(10_000) @Nullable Integer uses) {}

    /**
     * A token.
     *
     * @param token its text; only in the answer to its creation
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "EnrolmentToken",
            requiredProperties = {
                "id",
                "segment",
                "needsApproval",
                "expiresAt",
                "uses",
                "usesLeft",
                "createdBy",
                "createdAt",
                "withdrawn"
            })
    public record EnrolmentTokenView(
            UUID id,
            @Nullable String token,
            String segment,
            @Nullable String orgUnit,
            @Nullable UUID group,
            boolean needsApproval,
            Instant expiresAt,
            int uses,
            int usesLeft,
            String createdBy,
            Instant createdAt,
            boolean withdrawn) {
        @Override
        public String toString() {
            return "EnrolmentToken[" + id + "]";
        }
    }

    /** One page. */
    @Schema(requiredProperties = "items")
    public record EnrolmentTokenPage(
            List<EnrolmentTokenView> items, @Nullable String next) {}
}
