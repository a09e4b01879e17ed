package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/**
 * The one place where branches are weighed: of the operator's grants those count whose role the operation admits
 * ({@code @RolesAllowed}); what they reach goes into {@link Jurisdiction}. An operation that doesn't say that it keeps to it
 * ({@link WithinBranch}) is refused to whoever reaches less than everything.
 */
class JurisdictionFilter {
    private final SecurityIdentity identity;
    private final Jurisdiction jurisdiction;

    @Inject
    JurisdictionFilter(SecurityIdentity identity, Jurisdiction jurisdiction) {
        this.identity = identity;
        this.jurisdiction = jurisdiction;
    }

    @ServerRequestFilter
    void limit(ResourceInfo operation) {
        RolesAllowed allowed = annotation(operation, RolesAllowed.class);
        if (allowed == null) {
            return;
        }
        Grants grants = identity.getAttribute(OperatorIdentityProvider.GRANTS);
        if (grants == null) {
            return;
        }
        Reach reach = grants.reach(List.of(allowed.value()));
        if (!reach.isEverything() && annotation(operation, WithinBranch.class) == null) {
            throw new ProblemException(
                    403,
                    "whole-organisation",
                    "This concerns the whole organisation, and this operator's role is limited to a branch of it");
        }
        jurisdiction.set(reach);
    }

    /** The method's own, or that of its class, as Jakarta Annotations has it. */
    private static <A extends Annotation> @Nullable A annotation(ResourceInfo operation, Class<A> type) {
        Method method = operation.getResourceMethod();
        A own = method.getAnnotation(type);
        return own != null ? own : operation.getResourceClass().getAnnotation(type);
    }
}
