package org.sekisho.control.store;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A {@code bytea[]} parameter. Jdbi's own arrays are {@code Object[]}, in which the PostgreSQL driver takes no byte arrays. */
public final class ByteaArray implements Argument {
    private final byte[][] elements;

    private ByteaArray(byte[][] elements) {
        this.elements = elements;
    }

    /** The elements in their order; null for SQL's NULL; not copied. */
    public static ByteaArray of(List<? extends byte @Nullable []> elements) {
        return new ByteaArray(requireNonNull(elements, "elements is null").toArray(byte[][]::new));
    }

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", elements));
    }
}
