package org.sekisho.agent.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;

/** The whole rows of a store that was put aside, one at a time, and then those that the new store begins with. */
final class OldRows implements Iterator<Row>, AutoCloseable {
    private final Connection connection;
    private final ResultSet result;
    private final long through;
    private final Iterator<Row> then;
    private @Nullable Row next;

    /**
     * @param after rows from the one behind this
     * @param through to this one, as {@link StoreScan} found them whole
     */
    OldRows(Path store, long after, long through, List<Row> then) throws SQLException {
        this.through = through;
        this.then = then.iterator();
        connection = StoreFiles.openToRead(store);
        try {
            PreparedStatement select = connection.prepareStatement(StoreSchema.SELECT_EVENTS);
            select.setLong(1, after);
            result = select.executeQuery();
            next = read();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The event at this number, which must be among the whole ones. */
    static ChainHead headAt(Path store, long seq) throws SQLException {
        try (OldRows rows = new OldRows(store, seq - 1, seq, List.of())) {
            Row row = rows.next();
            return new ChainHead(row.seq(), row.hash());
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Row next() {
        Row row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        try {
            next = read();
        } catch (SQLException e) {
            throw new JournalException("a row that was whole a moment ago can't be read from the damaged store", e);
        }
        return row;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private @Nullable Row read() throws SQLException {
        // Reading stops before the damage: behind it, SQLite may fail.
        if (next == null || next.seq() < through) {
            if (result.next()) {
                Row row = StoreSchema.read(result);
                if (row.seq() <= through) {
                    return row;
                }
            }
        }
        return then.hasNext() ? then.next() : null;
    }
}
