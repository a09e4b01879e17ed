package org.sekisho.packaging.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.sekisho.control.event.shape.EventShape;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;

/**
 * Puts generated events of many days into a server's database, as ingest would have left them: a day's partition at a time, by
 * {@code COPY} into a table without indexes, which is then attached. Not thread-safe.
 */
final class PastEvents {
    /** 市長部局 has some ten bureaus; each with its sections. */
    static final List<String> DIVISIONS = List.of(
            "市長部局/総務部/税務課",
            "市長部局/総務部/人事課",
            "市長部局/市民部/市民課",
            "市長部局/市民部/国保年金課",
            "市長部局/福祉部/生活支援課",
            "市長部局/福祉部/介護保険課",
            "市長部局/福祉部/子ども家庭課",
            "教育委員会/学務課",
            "選挙管理委員会",
            "農業委員会",
            "水道局/料金課",
            "消防本部");

    private static final int PEOPLE = 4_000;
    /** PostgreSQL counts microseconds from 2000-01-01. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private static final String COLUMNS =
            "received_at, id, seq, occurred_at, incident, branch, kind, channel, verdict, severity, enforcement,"
                    + " terminal, user_name, rule, labels, hash, body, shape";

    private final Connection database;
    private final Random random = new Random(20_261_126);
    private final List<String> terminals = new ArrayList<>();
    private final long[] seqs;
    private final List<PastShape> shapes = PastShape.all();
    private final byte[] boot = new byte[16];
    private final byte[] hash = new byte[32];
    private long commit;

    /**
     * @param terminals how many there are, named {@code past-0} and so on
     */
    PastEvents(Connection database, int terminals) {
        this.database = database;
        this.seqs = new long[terminals];
        random.nextBytes(boot);
    }

    /** Days that are filled, today not among them. */
    static final int DAYS = 35;

    void load(int events) throws SQLException, IOException {
        terminals();
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        int loaded = 0;
        for (int day = DAYS; day >= 1; day--) {
            int share = (events - loaded) / day;
            day(today.minusDays(day), share);
            loaded += share;
            System.out.printf("%s: %,d of %,d events%n", today.minusDays(day), loaded, events);
        }
        try (Statement statement = database.createStatement()) {
            statement.execute("SELECT setval('event_commit', " + (commit + 1) + ")");
            // As autovacuum would have done long since.
            statement.execute("VACUUM (ANALYZE) event");
            statement.execute("VACUUM (ANALYZE) event_shape");
        }
    }

    private void terminals() throws SQLException {
        try (PreparedStatement insert = database.prepareStatement(
                        "INSERT INTO terminal (id, host, segment, org_unit, enrolled_at) VALUES (?, ?, 1, ?, now())");
                PreparedStatement head = database.prepareStatement(
                        "INSERT INTO chain_head (terminal, hash) VALUES (?, decode(repeat('00', 32), 'hex'))")) {
            for (int i = 0; i < seqs.length; i++) {
                String id = "past-" + i;
                terminals.add(id);
                insert.setString(1, id);
                insert.setString(2, "jimu-" + i);
                insert.setString(3, DIVISIONS.get(i % DIVISIONS.size()));
                insert.addBatch();
                head.setString(1, id);
                head.addBatch();
            }
            insert.executeBatch();
            head.executeBatch();
        }
    }

    private void day(LocalDate day, int events) throws SQLException, IOException {
        String name = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE event_" + name + " (LIKE event INCLUDING DEFAULTS)");
            statement.execute("CREATE TABLE event_shape_" + name + " (LIKE event_shape INCLUDING DEFAULTS)");
            Set<PastShape> used = events(day, "event_" + name, events);
            shapes(day, "event_shape_" + name, used);
            statement.execute("ALTER TABLE event ATTACH PARTITION event_" + name + " FOR VALUES FROM ('" + day
                    + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
            statement.execute("ALTER TABLE event_shape ATTACH PARTITION event_shape_" + name + " FOR VALUES FROM ('"
                    + day + "') TO ('" + day.plusDays(1) + "')");
        }
    }

    private Set<PastShape> events(LocalDate day, String table, int events) throws SQLException, IOException {
        Set<PastShape> used = new HashSet<>();
        long midnight =
                ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay().toInstant(ZoneOffset.UTC));
        long step = 86_400_000_000L / (events + 1);
        try (DataOutputStream rows = copy(table + " (" + COLUMNS + ")")) {
            for (int i = 0; i < events; i++) {
                if (i % 20 == 0) {
                    commit++;
                }
                long received = midnight + i * step;
                // Some were offline for a while.
                long occurred = received - (random.nextInt(50) == 0 ? random.nextLong(36_000_000_000L) : 300_000);
                PastShape shape = PastShape.draw(shapes, random);
                used.add(shape);
                row(rows, shape, received, occurred, commit << 16 | i % 20);
            }
            rows.writeShort(-1);
        }
        return used;
    }

    private void row(DataOutputStream rows, PastShape shape, long received, long occurred, long id) throws IOException {
        int terminal = random.nextInt(seqs.length);
        // A terminal has its person, and now and then somebody else.
        String user = "staff" + (random.nextInt(20) == 0 ? random.nextInt(PEOPLE) : terminal);
        long seq = ++seqs[terminal];
        Event event = shape.event(terminals.get(terminal), user, seq, occurred, boot);
        AttemptEvent attempt = event.getAttempt();
        random.nextBytes(hash);
        rows.writeShort(18);
        number(rows, received - POSTGRES_EPOCH_MICROS);
        number(rows, id);
        number(rows, seq);
        number(rows, occurred - POSTGRES_EPOCH_MICROS);
        rows.writeInt(-1);
        small(rows, 0);
        small(rows, event.getBodyCase().getNumber());
        small(rows, attempt.getAttempt().getChannelValue());
        small(rows, attempt.getDecision().getVerdictValue());
        small(rows, attempt.getDecision().getSeverityValue());
        small(rows, attempt.getEnforcementValue());
        bytes(rows, utf8(terminals.get(terminal)));
        if (event.hasAttempt()) {
            bytes(rows, utf8(user));
            bytes(rows, utf8(attempt.getDecision().getRule()));
        } else {
            rows.writeInt(-1);
            rows.writeInt(-1);
        }
        labels(rows, attempt.getAttempt().getLabelsList());
        bytes(rows, hash);
        bytes(rows, event.toByteArray());
        number(rows, shape.hash());
    }

    private void shapes(LocalDate day, String table, Set<PastShape> used) throws SQLException, IOException {
        int days = Math.toIntExact(ChronoUnit.DAYS.between(LocalDate.of(2000, 1, 1), day));
        try (DataOutputStream rows = copy(table + " (day, hash, rule, labels, program, device, text, terms)")) {
            for (PastShape past : used) {
                EventShape shape = past.shape();
                rows.writeShort(8);
                rows.writeInt(Integer.BYTES);
                rows.writeInt(days);
                number(rows, past.hash());
                bytes(rows, utf8(shape.rule()));
                List<byte[]> labels =
                        shape.labels().stream().map(PastEvents::utf8).toList();
                rows.writeInt(20
                        + labels.stream()
                                .mapToInt(label -> Integer.BYTES + label.length)
                                .sum());
                header(rows, 25, labels.size());
                for (byte[] label : labels) {
                    bytes(rows, label);
                }
                bytes(rows, utf8(shape.program()));
                bytes(rows, utf8(shape.device()));
                bytes(rows, utf8(shape.text()));
                int[] terms = shape.terms();
                rows.writeInt(20 + terms.length * 2 * Integer.BYTES);
                header(rows, 23, terms.length);
                for (int term : terms) {
                    rows.writeInt(Integer.BYTES);
                    rows.writeInt(term);
                }
            }
            rows.writeShort(-1);
        }
    }

    private DataOutputStream copy(String target) throws SQLException, IOException {
        DataOutputStream rows = new DataOutputStream(new BufferedOutputStream(
                new PGCopyOutputStream(
                        database.unwrap(PGConnection.class), "COPY " + target + " FROM STDIN (FORMAT binary)"),
                1 << 18));
        rows.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0});
        rows.writeInt(0);
        rows.writeInt(0);
        return rows;
    }

    private static void labels(DataOutputStream rows, List<Label> labels) throws IOException {
        if (labels.isEmpty()) {
            rows.writeInt(-1);
            return;
        }
        byte[] label = utf8(labels.getFirst().getLabel());
        rows.writeInt(20 + Integer.BYTES + label.length);
        header(rows, 25, 1);
        bytes(rows, label);
    }

    /** Of an array: dimensions, no nulls, element type, length, lower bound. */
    private static void header(DataOutputStream rows, int type, int length) throws IOException {
        rows.writeInt(1);
        rows.writeInt(0);
        rows.writeInt(type);
        rows.writeInt(length);
        rows.writeInt(1);
    }

    private static void number(DataOutputStream rows, long value) throws IOException {
        rows.writeInt(Long.BYTES);
        rows.writeLong(value);
    }

    private static void small(DataOutputStream rows, int value) throws IOException {
        rows.writeInt(Short.BYTES);
        rows.writeShort(value);
    }

    private static void bytes(DataOutputStream rows, byte[] value) throws IOException {
        rows.writeInt(value.length);
        rows.write(value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
