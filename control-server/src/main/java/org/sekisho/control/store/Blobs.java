package org.sekisho.control.store;

import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays as one {@code bytea[]} parameter; the driver takes them only as a {@code byte[][]}, which Jdbi's own
 * binding isn't.
 */
public final class Blobs {
    private Blobs() {}

    /** For {@code bind}. */
    public static Argument array(List<byte @Nullable []> values) {
        byte[][] blobs = values.toArray(byte[][]::new);
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("bytea", blobs));
    }
}
