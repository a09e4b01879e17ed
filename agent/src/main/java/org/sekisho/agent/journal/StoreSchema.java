package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables and columns of the store. Version 1. */
final class StoreSchema {
    static final String INSERT_EVENT =
            "INSERT INTO event (seq, prev_hash, hash, body, size, importance) VALUES (?, ?, ?, ?, ?, ?)";
    static final String SELECT_EVENTS =
            "SELECT seq, prev_hash, hash, body, size, importance FROM event WHERE seq > ? ORDER BY seq";

    /** A row that takes 16 pages. Random, so that no file system stores it in less room than it is to hold free. */
    static final String FILL_BLOCK = "INSERT INTO reserve (block) VALUES (randomblob(65000))";

    private static final String[] TABLES = {
        // "SEKJ", for file(1).
        "PRAGMA application_id = 0x53454b4a",
        "PRAGMA user_version = 1",
        "CREATE TABLE event (seq INTEGER PRIMARY KEY, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL,"
                + " size INTEGER NOT NULL, importance INTEGER NOT NULL)",
        "CREATE TABLE state (id INTEGER PRIMARY KEY, terminal TEXT NOT NULL, value BLOB NOT NULL)",
        "CREATE TABLE reserve (id INTEGER PRIMARY KEY, block BLOB NOT NULL)",
    };

    private StoreSchema() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : TABLES) {
                statement.execute(sql);
            }
        }
    }

    static void bind(PreparedStatement insert, Row row) throws SQLException {
        insert.setLong(1, row.seq());
        insert.setBytes(2, row.prevHash().toByteArray());
        insert.setBytes(3, row.hash().toByteArray());
        insert.setBytes(4, row.sealed());
        insert.setInt(5, row.size());
        insert.setInt(6, row.importance());
    }

    static Row read(ResultSet result) throws SQLException {
        return new Row(
                result.getLong(1),
                bytes(result, 2),
                bytes(result, 3),
                bytes(result, 4).toByteArray(),
                result.getInt(5),
                result.getInt(6));
    }

    /** A column that is no blob any more (a flipped byte in a record's header) reads as empty, which no check lets pass. */
    private static ByteString bytes(ResultSet result, int column) throws SQLException {
        byte[] bytes = result.getBytes(column);
        return bytes == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(bytes);
    }
}
