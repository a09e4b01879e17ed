package org.sekisho.control.store;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Gives the features one Jdbi over the pool. Handles join a transaction that is under way on the thread. */
@Singleton
final class JdbiSource {
    @Produces
    @Singleton
    Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource)
                .registerArrayType(Boolean.class, "boolean")
                .registerArrayType(Integer.class, "integer")
                .registerArrayType(Long.class, "bigint")
                .registerArrayType(String.class, "text")
                .registerArrayType(OffsetDateTime.class, "timestamptz");
    }
}
