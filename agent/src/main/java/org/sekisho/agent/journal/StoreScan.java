package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.event.ChainStep;
import org.sekisho.event.ChainVerifier;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.LossCause;

/** Reads a whole store, in bounded memory, and stops at the first thing that is wrong. Changes nothing. */
final class StoreScan {
    /** Sees each event that is found whole, in order. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Looks at one event.
         *
         * @param before the head that the event links to
         * @return what else is wrong with it; null: nothing
         */
        @Nullable
        Flaw visit(ChainHead before, Event event);
    }

    /**
     * The first thing that is wrong.
     *
     * @param seq the event; 0 where it concerns no event in particular
     * @param detail for people; nothing of any content
     */
    record Finding(long seq, Flaw flaw, String detail) {}

    /**
     * What was read.
     *
     * @param terminal as the store names it; empty if it couldn't be read
     * @param state null if it couldn't be read
     * @param before what the first event links to
     * @param head the last event of the whole part
     * @param events how many are whole
     * @param holes how many are missing as loss records say
     * @param lastMicros wall clock of the last whole event; 0 if there is none
     * @param broken null: everything is whole
     */
    record Result(
            String terminal,
            @Nullable StoreState state,
            ChainHead before,
            ChainHead head,
            long events,
            long holes,
            long lastMicros,
            @Nullable Finding broken) {}

    private final JournalKey key;
    private final Visitor visitor;
    private String terminal = "";
    private @Nullable StoreState state;
    private ChainHead before = ChainHead.GENESIS;
    private ChainHead head = ChainHead.GENESIS;
    private long events;
    private long holes;
    private long lastMicros;

    private StoreScan(JournalKey key, Visitor visitor) {
        this.key = key;
        this.visitor = visitor;
    }

    /** Never throws on damage: it is the result. */
    static Result scan(Path store, JournalKey key, Visitor visitor) {
        StoreScan scan = new StoreScan(key, visitor);
        Finding finding;
        try (Connection connection = StoreFiles.openToRead(store)) {
            finding = scan.scan(connection);
        } catch (SQLException e) {
            finding = scan.structure(e);
        }
        return new Result(
                scan.terminal, scan.state, scan.before, scan.head, scan.events, scan.holes, scan.lastMicros, finding);
    }

    private @Nullable Finding scan(Connection connection) {
        Finding structure = null;
        try (Statement statement = connection.createStatement();
                ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!check.next() || !"ok".equals(check.getString(1))) {
                structure = new Finding(0, Flaw.STRUCTURE, "SQLite's quick_check fails");
            }
        } catch (SQLException e) {
            structure = structure(e);
        }
        Finding inState;
        try {
            inState = readState(connection);
        } catch (SQLException e) {
            inState = structure(e);
        }
        Finding inRows;
        try {
            inRows = readRows(connection);
        } catch (SQLException e) {
            inRows = structure(e);
        }
        if (inRows != null) {
            return inRows;
        }
        return structure != null ? structure : inState;
    }

    private Finding structure(SQLException e) {
        return new Finding(events == 0 ? 0 : head.seq() + 1, Flaw.STRUCTURE, "SQLite error " + e.getErrorCode());
    }

    private @Nullable Finding readState(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT terminal, value FROM state WHERE id = 1")) {
            if (!result.next()) {
                return new Finding(0, Flaw.STATE, "the state is missing");
            }
            String id = result.getString(1);
            byte[] value = result.getBytes(2);
            terminal = id == null ? "" : id;
            state = value == null ? null : StoreState.decode(key, terminal, value);
            if (state == null) {
                return new Finding(0, Flaw.STATE, "the state's authentication code is wrong");
            }
            before = state.before();
            head = before;
            return null;
        }
    }

    private @Nullable Finding readRows(Connection connection) throws SQLException {
        RowSeal seal = new RowSeal(key, terminal);
        ChainVerifier verifier = new ChainVerifier(terminal, before);
        try (PreparedStatement select = connection.prepareStatement(StoreSchema.SELECT_EVENTS)) {
            select.setLong(1, Long.MIN_VALUE);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    Row row = StoreSchema.read(result);
                    if (events == 0
                            && state == null
                            && row.seq() > 0
                            && row.prevHash().size() == 32) {
                        before = new ChainHead(row.seq() - 1, row.prevHash());
                        head = before;
                        verifier.rebase(before);
                    }
                    Finding finding = check(row, seal, verifier);
                    if (finding != null) {
                        return finding;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Finding check(Row row, RowSeal seal, ChainVerifier verifier) {
        ByteString body;
        try {
            body = seal.open(row.seq(), row.sealed());
        } catch (GeneralSecurityException e) {
            return new Finding(row.seq(), Flaw.SEAL, "seal of " + row.sealed().length + " bytes");
        }
        ChainedEvent chained = ChainedEvent.newBuilder()
                .setPrevHash(row.prevHash())
                .setBody(body)
                .setHash(row.hash())
                .build();
        ChainStep step = verifier.accept(chained);
        if (step instanceof ChainStep.Gap gap && isDeclared(gap)) {
            holes += gap.got() - gap.expected();
            verifier.rebase(new ChainHead(gap.got() - 1, row.prevHash()));
            step = verifier.accept(chained);
        }
        return switch (step) {
            case ChainStep.Linked linked -> take(row, linked);
            case ChainStep.Duplicate same -> new Finding(same.seq(), Flaw.COLUMNS, "the event is there twice");
            case ChainStep.Gap gap ->
                new Finding(gap.got(), Flaw.GAP, "expected event " + gap.expected() + ", found " + gap.got());
            case ChainStep.Fork fork -> new Finding(fork.seq(), Flaw.BROKEN_LINK, "prev_hash is another event's");
            case ChainStep.Rewind rewind ->
                new Finding(row.seq(), Flaw.COLUMNS, "holds event " + rewind.seq() + " again");
            case ChainStep.BadHash bad -> new Finding(bad.seq(), Flaw.BAD_HASH, "hash of event " + bad.seq());
            case ChainStep.Malformed malformed -> new Finding(row.seq(), Flaw.MALFORMED, malformed.detail());
            case ChainStep.WrongTerminal wrong -> new Finding(wrong.seq(), Flaw.WRONG_TERMINAL, "expected " + terminal);
        };
    }

    private @Nullable Finding take(Row row, ChainStep.Linked linked) {
        Event event = linked.event();
        if (row.seq() != event.getSeq()
                || row.size() != event.getSerializedSize()
                || (row.importance() != Importance.ORDINARY.code()
                        && row.importance() != Importance.MUST_KEEP.code())) {
            return new Finding(row.seq(), Flaw.COLUMNS, "seq, size or importance");
        }
        Flaw flaw = visitor.visit(head, event);
        if (flaw != null) {
            return new Finding(row.seq(), flaw, "checkpoint " + row.seq());
        }
        events++;
        head = linked.head();
        lastMicros = event.getOccurredAtMicros();
        return null;
    }

    /** A store that was damaged goes on with a loss record at the place after everything that may have been sent. */
    private static boolean isDeclared(ChainStep.Gap gap) {
        return gap.event().hasLoss() && gap.event().getLoss().getCause() == LossCause.STORE_DAMAGED;
    }
}
