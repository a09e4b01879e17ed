package org.sekisho.control.store;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Gives the features one Jdbi over the pool. Handles join a transaction that is under way on the thread. */
@Singleton
final class JdbiSource {
    @Produces
    @Singleton
    Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource);
    }
}
