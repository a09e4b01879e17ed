package org.sekisho.control.event.saved;

import io.quarkus.security.identity.SecurityIdentity;
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
import org.sekisho.control.event.saved.SavedSearches.SavedSearch;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.ProblemException;

/** Searches of the events page by name: one's own, and those that somebody shares with all. */
@Path("/api/v1/saved-searches")
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class SavedSearchesResource {
    private final SavedSearches searches;
    private final AuditLog audit;
    private final SecurityIdentity identity;

    @Inject
    SavedSearchesResource(SavedSearches searches, AuditLog audit, SecurityIdentity identity) {
        this.searches = searches;
        this.audit = audit;
        this.identity = identity;
    }

    /** By name. */
    @GET
    @Operation(operationId = "listSavedSearches", summary = "One's own saved searches and the shared ones")
    public SavedSearchPage list() {
        return new SavedSearchPage(searches.visibleTo(self()), null);
    }

    /** Keeps one; refused with 409 if one's own has that name already. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = SavedSearch.class, responseCode = "201")
    @Operation(operationId = "createSavedSearch", summary = "Save a search by name")
    public SavedSearch create(@NotNull @Valid NewSearch wanted) {
        if (searches.countOf(self()) >= SavedSearches.MAX_OWN) {
            throw ProblemException.badRequest("An operator can save " + SavedSearches.MAX_OWN
                    + " searches at most; delete one that is no longer needed");
        }
        UUID id = UUID.randomUUID();
        String name = wanted.name().strip();
        if (!searches.insert(id, self(), name, Boolean.TRUE.equals(wanted.shared()), wanted.query())) {
            throw new ProblemException(409, "name-taken", "There is a saved search of that name already");
        }
        audit.record(
                "saved-search.create",
                name,
                Map.of("shared", String.valueOf(Boolean.TRUE.equals(wanted.shared())), "query", wanted.query()));
        return searches.find(id).orElseThrow(() -> ProblemException.notFound("saved search", id));
    }

    /** One's own, or as an administrator of the whole organisation anybody's shared one. */
    @DELETE
    @Path("{id}")
    @Transactional
    @Operation(operationId = "deleteSavedSearch", summary = "Delete a saved search")
    public void delete(@PathParam("id") UUID id) {
        SavedSearch found = searches.find(id)
                .filter(search -> search.operator().equals(self())
                        || (search.shared() && identity.hasRole(Role.Name.ADMINISTRATOR)))
                .orElseThrow(() -> ProblemException.notFound("saved search of yours", id));
        searches.delete(id);
        audit.record("saved-search.delete", found.name(), Map.of("operator", found.operator()));
    }

    private String self() {
        return identity.getPrincipal().getName();
    }

    /**
     * One to be kept.
     *
     * @param query of the events page's address, without the question mark
     * @param shared everybody sees it; absent: only its owner
     */
    @Schema(name = "NewSavedSearch")
    public record NewSearch(
            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*")
            String name,

            @NotNull @Size(max = 2000) @Pattern(regexp = "[!-~]*")
            String query,

            @Nullable Boolean shared) {}

    /**
     * All of them.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record SavedSearchPage(
            List<SavedSearch> items, @Nullable String next) {}
}
