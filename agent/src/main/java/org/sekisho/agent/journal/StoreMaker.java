package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;

/** Makes a new store, with its reserve on disk, under a temporary name. */
final class StoreMaker {
    /** Blocks or rows to a transaction: about half a mebibyte, so that the log stays small. */
    private static final int STEP = 8;

    private StoreMaker() {}

    /**
     * @param rows what the store holds from the beginning, ascending
     * @throws SQLException if the disk is full, or SQLite fails otherwise
     */
    static void make(StoreFiles files, JournalLimits limits, String terminal, byte[] state, Iterator<Row> rows)
            throws SQLException, IOException {
        files.removeFresh();
        Path path = files.fresh();
        PrivateFiles.open(path).close();
        try (Connection connection = StoreFiles.openToWrite(path)) {
            connection.setAutoCommit(false);
            StoreSchema.create(connection);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO state VALUES (1, ?, ?)")) {
                insert.setString(1, terminal);
                insert.setBytes(2, state);
                insert.executeUpdate();
            }
            settle(connection);
            append(connection, rows);
            long blocks = (limits.reservedBytes() + StoreSpace.BLOCK_BYTES - 1) / StoreSpace.BLOCK_BYTES;
            try (Statement statement = connection.createStatement()) {
                for (long block = 1; block <= blocks; block++) {
                    statement.executeUpdate(StoreSchema.FILL_BLOCK);
                    if (block % STEP == 0) {
                        settle(connection);
                    }
                }
            }
            settle(connection);
        }
        files.takeOver();
    }

    private static void append(Connection connection, Iterator<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(StoreSchema.INSERT_EVENT)) {
            for (int i = 1; rows.hasNext(); i++) {
                StoreSchema.bind(insert, rows.next());
                insert.executeUpdate();
                if (i % (STEP * 8) == 0) {
                    settle(connection);
                }
            }
        }
    }

    private static void settle(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        connection.setAutoCommit(false);
    }
}
