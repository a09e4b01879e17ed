package org.sekisho.control.oidc;

import java.util.Set;

/**
 * Whom the provider vouches for.
 *
 * @param subject never given to anybody else by this issuer
 * @param name as the provider has it
 * @param groups as the provider has them
 */
public record ProvenPerson(String issuer, String subject, String name, Set<String> groups) {
    /** Copied. */
    public ProvenPerson {
        groups = Set.copyOf(groups);
    }
}
