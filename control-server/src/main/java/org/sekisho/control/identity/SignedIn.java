package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Who is signed in on this request. A token of an operator is that operator: what somebody did at the console and what they
 * do by a command are the acts of one person. Thread-safe; only within a request of an operator.
 */
@Singleton
public class SignedIn {
    private final SecurityIdentity identity;

    @Inject
    SignedIn(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The operator's own id, whichever proof they came with. */
    public UUID id() {
        return operator().id();
    }

    /** What they are called. */
    public String name() {
        return operator().name();
    }

    /** Whether it is a human being, and no script. */
    public boolean isPerson() {
        return operator().kind() == Operator.Kind.PERSON;
    }

    private Operator operator() {
        return (Operator) identity.getPrincipal();
    }
}
