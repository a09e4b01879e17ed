package org.sekisho.control.incident;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.incident.IncidentRuleBook.Version;

/** What opens incidents. Everybody may see it; an administrator of the whole organisation changes it. */
@Path("/api/v1/incident-rules")
@Tag(name = "incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IncidentRulesResource {
    private final IncidentRuleBook book;
    private final IncidentPreview preview;
    private final AuditLog audit;
    private final SecurityIdentity operator;

    @Inject
    IncidentRulesResource(IncidentRuleBook book, IncidentPreview preview, AuditLog audit, SecurityIdentity operator) {
        this.book = book;
        this.preview = preview;
        this.audit = audit;
        this.operator = operator;
    }

    /** Those in force. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getIncidentRules", summary = "The rules that open incidents, in order")
    public IncidentRulesView get() {
        return IncidentRulesView.of(book.newest());
    }

    /** Puts others in their place, from the next event on. */
    @PUT
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "setIncidentRules", summary = "Replace the rules that open incidents")
    public IncidentRulesView set(@NotNull @Valid IncidentRulesChange change) {
        book.replace(change.rules(), change.version(), operator.getPrincipal().getName(), change.reason());
        audit.record(
                "incident-rules.update",
                String.valueOf(change.version() + 1),
                Map.of(
                        "reason",
                        change.reason(),
                        "rules",
                        change.rules().stream()
                                .map(rule -> rule.id() + (rule.enabled() ? "" : " (off)"))
                                .collect(Collectors.joining(", "))));
        return get();
    }

    /** Tries others on the attempts of the last days; changes nothing. */
    @POST
    @Path("preview")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Operation(
            operationId = "previewIncidentRules",
            summary =
                    "How many incidents rules would have opened for the attempts of the last days, had nobody closed any")
    public IncidentPreview.Result preview(@NotNull @Valid IncidentRulesTrial trial) {
        return preview.of(IncidentRules.of(trial.rules()), trial.days());
    }

    /**
     * The rules, and whose they are.
     *
     * @param version to be sent back with a change; 0: as shipped
     */
    @Schema(
            name = "IncidentRules",
            requiredProperties = {"version", "rules", "always"})
    public record IncidentRulesView(
            long version,
            List<IncidentRule> rules,
            List<IncidentKind> always,
            @Nullable String by,
            @Nullable Instant at,
            @Nullable String reason) {
        static IncidentRulesView of(Version newest) {
            return new IncidentRulesView(
                    newest.version(),
                    newest.rules(),
                    IncidentRules.OF_THE_RECORD.stream().sorted().toList(),
                    newest.by(),
                    newest.at(),
                    newest.reason());
        }
    }

    /** Rules to try. */
    @Schema(name = "IncidentRulesTrial")
    public record IncidentRulesTrial(
            @NotNull @Size(min = 1, max = IncidentRules.MOST)
            List<@Valid @NotNull IncidentRule> rules,

            @Min(1) @Max(31) int days) {}

    /** All rules, in order, in place of those before. */
    @Schema(name = "IncidentRulesChange")
    public record IncidentRulesChange(
            @NotNull @Size(min = 1, max = IncidentRules.MOST)
            List<@Valid @NotNull IncidentRule> rules,

            @NotBlank @Size(max = 1000) String reason,
            @NotNull Long version) {}
}
