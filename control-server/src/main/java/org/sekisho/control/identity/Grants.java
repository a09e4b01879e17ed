package org.sekisho.control.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/** All that an operator, a token or a session may do. Immutable. */
record Grants(Set<Grant> all) {
    /** More than anybody can keep apart; also what the database takes. */
    static final int MOST = 16;

    /** Copied. */
    Grants {
        all = Set.copyOf(all);
    }

    static Grants of(Role role) {
        return new Grants(Set.of(new Grant(role, OrgUnit.WHOLE)));
    }

    static Grants read(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return new Grants(
                Stream.of((String[]) array.getArray()).map(Grant::read).collect(Collectors.toSet()));
    }

    /**
     * What was asked for.
     *
     * @throws ProblemException 400 if it can't be had
     */
    static Grants wanted(Collection<RoleGrant> wanted) {
        Set<Grant> grants = wanted.stream()
                .map(one -> new Grant(
                        Role.of(one.role()), one.branch() == null ? OrgUnit.WHOLE : OrgUnit.parse(one.branch())))
                .collect(Collectors.toSet());
        if (grants.isEmpty() || grants.size() > MOST) {
            throw ProblemException.badRequest("roles must be 1 to " + MOST);
        }
        return new Grants(grants);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean covers(Grants others) {
        return others.all.stream().allMatch(this::covers);
    }

    private boolean covers(Grant other) {
        return all.stream().anyMatch(grant -> grant.covers(other));
    }

    /** What of this is left where only so much may be handed out. */
    Grants within(Grants limit) {
        return new Grants(all.stream().filter(limit::covers).collect(Collectors.toSet()));
    }

    /** Whether all of it lies within reach. */
    boolean liesIn(Reach reach) {
        return all.stream()
                .map(Grant::branch)
                .allMatch(branch -> branch.isWhole() ? reach.isEverything() : reach.covers(branch.path()));
    }

    Set<String> roleNames() {
        return all.stream().map(grant -> grant.role().wireName()).collect(Collectors.toSet());
    }

    /** Where one of these roles may act. */
    Reach reach(Collection<String> roles) {
        return Reach.of(all.stream()
                .filter(grant -> roles.contains(grant.role().wireName()))
                .map(Grant::branch)
                .toList());
    }

    /** Whether it is an administrator of everything. */
    boolean rulesAll() {
        return reach(List.of(Role.Name.ADMINISTRATOR)).isEverything();
    }

    /** Sorted, as they are stored. */
    String[] texts() {
        return all.stream().map(Grant::text).sorted().toArray(String[]::new);
    }

    /** For the audit log. */
    String line() {
        return String.join(", ", texts());
    }

    List<RoleGrant> view() {
        return all.stream()
                .sorted(java.util.Comparator.comparing(Grant::text))
                .map(grant -> new RoleGrant(
                        grant.role().wireName(),
                        grant.branch().isWhole() ? null : grant.branch().path()))
                .toList();
    }

    /**
     * A role as the REST interface has it.
     *
     * @param role administrator, approver, responder or auditor
     * @param branch top of the branch that it is limited to; absent: the whole organisation
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RoleGrant", requiredProperties = "role")
    public record RoleGrant(
            @NotNull @Pattern(regexp = "administrator|approver|responder|auditor")
            String role,

            @Nullable @Size(max = 200) String branch) {}
}
