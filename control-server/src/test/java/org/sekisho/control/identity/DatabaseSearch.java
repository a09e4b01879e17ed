package org.sekisho.control.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Looks for something in every column of every table that can hold text or bytes. */
record DatabaseSearch(Jdbi jdbi) {
    private record Column(String table, String name, String type) {
        String qualified() {
            return (table + "." + name).replace("\"", "");
        }
    }

    /** Columns in which the text occurs, as text or as its bytes; {@code table.column}. */
    List<String> columnsWith(String text) {
        return jdbi.withHandle(handle -> columns(handle).stream()
                .filter(column -> column.type().equals("bytea")
                        ? holds(handle, column, text.getBytes(StandardCharsets.UTF_8))
                        : handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + column.table() + " WHERE strpos("
                                        + column.name() + "::text, :text) > 0)")
                                .bind("text", text)
                                .mapTo(Boolean.class)
                                .one())
                .map(Column::qualified)
                .toList());
    }

    /** Columns in which the bytes occur. */
    List<String> columnsWith(byte[] bytes) {
        return jdbi.withHandle(handle -> columns(handle).stream()
                .filter(column -> column.type().equals("bytea") && holds(handle, column, bytes))
                .map(Column::qualified)
                .toList());
    }

    private static boolean holds(Handle handle, Column column, byte[] bytes) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + column.table() + " WHERE position(:bytes IN "
                        + column.name() + ") > 0)")
                .bind("bytes", bytes)
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Column> columns(Handle handle) {
        return handle.createQuery("""
                        SELECT table_name, column_name, data_type FROM information_schema.columns
                        WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'bytea', 'ARRAY', 'json', 'jsonb')""")
                .map((row, context) -> new Column(
                        '"' + row.getString("table_name") + '"',
                        '"' + row.getString("column_name") + '"',
                        row.getString("data_type")))
                .list();
    }
}
