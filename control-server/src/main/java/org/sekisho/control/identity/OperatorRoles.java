package org.sekisho.control.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What operators may do, for those who name them in documents. Thread-safe. */
@Singleton
public class OperatorRoles {
    private final OperatorStore operators;

    @Inject
    OperatorRoles(OperatorStore operators) {
        this.operators = operators;
    }

    /** The roles of this operator, for the whole organisation or a branch of it; empty if nobody of this name can come in. */
    public Optional<Set<Role>> of(String name) {
        return operators
                .byName(name)
                .filter(operator -> !operator.disabled())
                .map(operator ->
                        operator.grants().all().stream().map(Grant::role).collect(Collectors.toUnmodifiableSet()));
    }
}
