package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sekisho.event.ChainHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side of the SQLite file.
 *
 * <p>Room. The file consists of rows, of <em>free pages</em> (SQLite's free list), and of <em>blocks</em>: rows of filler that
 * hold the reserved room and that a commit may set free. A commit only ever uses free pages, because {@code max_page_count} is
 * kept at the present size; {@link #grow} is the only way to more, and it allocates on the disk first. So a commit never asks
 * the disk for room.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** One step of growth: small beside the limit, large beside a batch. */
    private static final int GROW_PAGES = 128;

    /** A log frame: a page and its header (walformat, section 4.1). */
    private static final int FRAME_BYTES = StoreSpace.PAGE_BYTES + 24;

    /** Pages that {@link #grow} leaves out, for those that its own row needs besides its content. */
    private static final int GROW_SLACK = 3;

    /**
     * What one transaction does.
     *
     * @param rows to append
     * @param deleteThrough rows up to here go; 0: none
     * @param freeBlocks how many blocks to set free
     * @param fillBlocks how many blocks to fill again
     * @param state overwrites the old one
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Commit(List<Row> rows, long deleteThrough, int freeBlocks, int fillBlocks, byte[] state) {}

    private final Path path;
    private final JournalLimits limits;
    private final int maxPages;
    private final FileChannel file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement writeState;
    private final PreparedStatement freeBlock;
    private final PreparedStatement fillBlock;
    private int pages;
    private int freePages;
    private int blocks;
    private int frames;

    /**
     * Opens a store that {@link StoreMaker} made, and tries to write to it.
     *
     * @throws IOException if the log can't be allocated or the file not be opened
     */
    Store(Path path, JournalLimits limits) throws SQLException, IOException {
        this.path = path;
        this.limits = limits;
        this.maxPages = (int) (limits.storeBytes() / StoreSpace.PAGE_BYTES);
        StoreFiles.allocateLog(path, limits.logBytes());
        // Kept open until SQLite has closed: closing any handle would drop SQLite's own locks (fcntl(2)).
        this.file = PrivateFiles.open(path);
        Connection opened = null;
        try {
            opened = StoreFiles.openToWrite(path);
            opened.setAutoCommit(false);
            connection = opened;
            insert = opened.prepareStatement(StoreSchema.INSERT_EVENT);
            delete = opened.prepareStatement("DELETE FROM event WHERE seq <= ?");
            writeState = opened.prepareStatement("UPDATE state SET value = ? WHERE id = 1");
            freeBlock = opened.prepareStatement("DELETE FROM reserve WHERE id = (SELECT max(id) FROM reserve)");
            fillBlock = opened.prepareStatement(StoreSchema.FILL_BLOCK);
            try (Statement trial = opened.createStatement()) {
                // A store whose header forbids writing reads well: better known now than at the first event.
                trial.executeUpdate("UPDATE state SET terminal = terminal WHERE id = 1");
            }
            measure();
            connection.commit();
            blocks = (int) number("SELECT count(*) FROM reserve");
            frames = (int) (limits.logBytes() / FRAME_BYTES);
            tidyLog();
        } catch (SQLException e) {
            if (opened != null) {
                opened.close();
            }
            file.close();
            throw e;
        }
    }

    /** Pages that a commit may use without touching the reserve. */
    int freePages() {
        return freePages;
    }

    /** Blocks that hold reserved room now. */
    int blocks() {
        return blocks;
    }

    /** What the file holds apart from free pages, in bytes. */
    long usedBytes() {
        return (long) (pages - freePages) * StoreSpace.PAGE_BYTES;
    }

    /** Whether the limit, and not the disk, forbids to grow. */
    boolean atLimit() {
        return pages >= maxPages - GROW_SLACK;
    }

    /**
     * Durable when it returns.
     *
     * @throws SQLException if nothing of it was done
     */
    void commit(Commit work) throws SQLException {
        try {
            for (int i = 0; i < work.freeBlocks(); i++) {
                freeBlock.executeUpdate();
            }
            if (work.deleteThrough() > 0) {
                delete.setLong(1, work.deleteThrough());
                delete.executeUpdate();
            }
            for (Row row : work.rows()) {
                StoreSchema.bind(insert, row);
                insert.executeUpdate();
            }
            for (int i = 0; i < work.fillBlocks(); i++) {
                fillBlock.executeUpdate();
            }
            writeState.setBytes(1, work.state());
            writeState.executeUpdate();
            measure();
            connection.commit();
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
        blocks += work.fillBlocks() - work.freeBlocks();
        frames += StoreSpace.pages(work.rows())
                + StoreSpace.COMMIT_PAGES * 2
                + (work.freeBlocks() + work.fillBlocks()) * (StoreSpace.BLOCK_PAGES + 2);
    }

    /**
     * The last of the oldest {@code count} events that lie at or below {@code through}.
     *
     * @return empty if there is none so low
     */
    Optional<ChainHead> oldest(int count, long through) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT seq, hash FROM (SELECT seq, hash FROM event"
                + " WHERE seq <= ? ORDER BY seq LIMIT ?) ORDER BY seq DESC LIMIT 1")) {
            select.setLong(1, through);
            select.setInt(2, count);
            try (ResultSet result = select.executeQuery()) {
                return result.next()
                        ? Optional.of(new ChainHead(result.getLong(1), ByteString.copyFrom(result.getBytes(2))))
                        : Optional.empty();
            }
        } finally {
            connection.commit();
        }
    }

    /**
     * Adds free pages, if limit and disk allow: first room on the disk, then pages in the store.
     *
     * @return whether there are more free pages now
     */
    boolean grow() throws SQLException {
        int target = Math.min(pages + GROW_PAGES, maxPages);
        if (atLimit()) {
            return false;
        }
        try {
            PrivateFiles.extend(file, (long) target * StoreSpace.PAGE_BYTES);
        } catch (IOException e) {
            LOG.warn("cannot enlarge the journal {} by {} pages; free some disk space", path, target - pages, e);
            return false;
        }
        long filler = (long) (freePages + target - pages - GROW_SLACK) * 4092;
        try (Statement statement = connection.createStatement()) {
            limitPages(target);
            statement.executeUpdate("INSERT INTO reserve VALUES (-1, zeroblob(" + filler + "))");
            statement.executeUpdate("DELETE FROM reserve WHERE id = -1");
            int before = freePages;
            measure();
            connection.commit();
            frames += StoreSpace.COMMIT_PAGES * 2;
            return freePages > before;
        } catch (SQLException e) {
            rollback(e);
            throw e;
        } finally {
            limitPages(pages);
        }
    }

    /** Moves the log into the file when it is half full, so that it is written again from its start. */
    void tidyLog() throws SQLException {
        if ((long) frames * FRAME_BYTES < limits.logBytes() / 2) {
            return;
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(RESTART)")) {
            if (result.next() && result.getInt(1) == 0) {
                frames = 0;
            } else {
                LOG.warn("the journal's log {} could not be moved into the store yet: a reader is busy", path);
            }
        } finally {
            connection.setAutoCommit(false);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        try {
            connection.close();
        } finally {
            file.close();
        }
        StoreFiles.keepRoom(path, limits.logBytes());
    }

    private void measure() throws SQLException {
        pages = (int) number("PRAGMA page_count");
        freePages = (int) number("PRAGMA freelist_count");
        limitPages(pages);
    }

    private void limitPages(int count) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + count);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw new SQLException("no answer to " + query);
            }
            return result.getLong(1);
        }
    }

    private void rollback(SQLException cause) {
        try {
            connection.rollback();
            measure();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
