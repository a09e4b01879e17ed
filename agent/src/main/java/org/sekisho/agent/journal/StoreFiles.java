package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The journal's files in its folder, and how SQLite is to open them.
 *
 * @param folder holds nothing but the journal
 */
record StoreFiles(Path folder) {
    /** Rows written or read within this time wait for each other; only a checkpoint of the log ever waits. */
    private static final int BUSY_MILLIS = 2_000;

    /** SQLite's index of the log is made of pieces of this size (walformat, section 2). */
    private static final long INDEX_BYTES = 32 * 1024;

    /** Each set may be as large as the journal: three show whether it happens again, and bound the disk that they take. */
    private static final int KEPT_DAMAGED = 3;

    Path store() {
        return folder.resolve("journal.db");
    }

    /** A store being made; it takes its name when it is whole. */
    Path fresh() {
        return folder.resolve("journal.db.new");
    }

    Path head() {
        return folder.resolve("journal.head");
    }

    static Path log(Path store) {
        return store.resolveSibling(store.getFileName() + "-wal");
    }

    static Path index(Path store) {
        return store.resolveSibling(store.getFileName() + "-shm");
    }

    static Connection openToWrite(Path store) throws SQLException {
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        // The log is synced before a commit returns; NORMAL would lose what was said to be durable when power fails.
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setPageSize(StoreSpace.PAGE_BYTES);
        // Large enough that no commit spills to the log before its end.
        config.setCacheSize(-8_000);
        Connection connection = config.createConnection("jdbc:sqlite:" + store);
        try (var statement = connection.createStatement()) {
            // The writer decides when, so that nobody waits for it.
            statement.execute("PRAGMA wal_autocheckpoint = 0");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    static Connection openToRead(Path store) throws SQLException {
        SQLiteConfig config = common();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + store);
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTempStore(TempStore.MEMORY);
        config.enableLoadExtension(false);
        // Nobody asks for them, and each insert would pay for a query.
        config.setGetGeneratedKeys(false);
        return config;
    }

    /**
     * Allocates the write-ahead log. Call only while SQLite doesn't have the store open. Zeros behind the last frame are no
     * frames (walformat, section 4.1: the salts differ), so a log that needs recovery is safe.
     */
    static void allocateLog(Path store, long bytes) throws IOException {
        try (FileChannel log = PrivateFiles.open(log(store))) {
            PrivateFiles.extend(log, bytes);
        }
    }

    /** Keeps the room that SQLite gave back when it closed, for the next time it opens. */
    static void keepRoom(Path store, long logBytes) throws IOException {
        allocateLog(store, logBytes);
        try (FileChannel index = PrivateFiles.open(index(store))) {
            // SQLite cuts it to nothing when it opens, and then finds that room free.
            PrivateFiles.extend(index, INDEX_BYTES);
        }
    }

    /**
     * Puts the store aside under a name with the time in it, for whoever investigates.
     *
     * @return where it is now
     */
    Path putAside(Instant now) throws IOException {
        String name = "journal.damaged-" + now.toString().replace(":", "").replace(".", "-") + ".db";
        Path aside = folder.resolve(name);
        Files.move(store(), aside, StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(log(store()))) {
            Files.move(log(store()), log(aside), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(index(store()));
        PrivateFiles.syncDirectory(folder);
        removeOldest();
        return aside;
    }

    /** Gives a store that was made whole its name. */
    void takeOver() throws IOException {
        Files.deleteIfExists(log(store()));
        Files.deleteIfExists(index(store()));
        Files.move(fresh(), store(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(folder);
    }

    void removeFresh() throws IOException {
        Files.deleteIfExists(log(fresh()));
        Files.deleteIfExists(index(fresh()));
        Files.deleteIfExists(fresh());
    }

    private void removeOldest() throws IOException {
        List<Path> damaged;
        try (Stream<Path> all = Files.list(folder)) {
            damaged = all.filter(path -> path.getFileName().toString().matches("journal\\.damaged-.*\\.db"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path old : damaged.subList(Math.min(KEPT_DAMAGED, damaged.size()), damaged.size())) {
            Files.deleteIfExists(log(old));
            Files.delete(old);
        }
    }
}
