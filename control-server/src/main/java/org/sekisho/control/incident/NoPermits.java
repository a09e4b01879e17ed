package org.sekisho.control.incident;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.sekisho.v1.Event;

/** Where nobody keeps permits. */
@Singleton
@DefaultBean
class NoPermits implements CasePermits {
    @Override
    public Optional<CasePermit> of(Event attempt) {
        return Optional.empty();
    }
}
