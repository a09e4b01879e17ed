package org.sekisho.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;

/** Whoever changes the log with SQL is found out at the entry that they changed. All changes are rolled back. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class AuditChainTest {
    /** Each changes one column of one entry; {@code detail} also to what means the same. */
    private static final List<String> CHANGES = List.of(
            "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = ?",
            "UPDATE audit_entry SET at = 'infinity' WHERE seq = ?",
            "UPDATE audit_entry SET operator = operator || 'x' WHERE seq = ?",
            "UPDATE audit_entry SET operator = operator || left(action, 1), action = substr(action, 2) WHERE seq = ?",
            "UPDATE audit_entry SET action = 'session.close' WHERE seq = ?",
            "UPDATE audit_entry SET target = '' WHERE seq = ?",
            "UPDATE audit_entry SET detail = detail || ' ' WHERE seq = ?",
            "UPDATE audit_entry SET detail = '{\"other\":\"text\"}' WHERE seq = ?",
            "UPDATE audit_entry SET detail = 'not JSON' WHERE seq = ?",
            "UPDATE audit_entry SET detail = '{\"a\":null}' WHERE seq = ?",
            "UPDATE audit_entry SET prev_hash = sha256(prev_hash) WHERE seq = ?",
            "UPDATE audit_entry SET hash = sha256(hash) WHERE seq = ?",
            "UPDATE audit_entry SET seq = seq + 1000000 WHERE seq = ?",
            "DELETE FROM audit_entry WHERE seq = ?",
            "DELETE FROM audit_entry WHERE seq >= ?");

    @Inject
    Jdbi jdbi;

    @Inject
    AuditLog log;

    private long newest;

    @BeforeEach
    void fill() {
        IntStream.range(0, 30)
                .forEach(i -> log.recordAs("tester", "test.act", "target-" + i, Map.of("number", String.valueOf(i))));
        newest = jdbi.withHandle(handle -> handle.createQuery("SELECT max(seq) FROM audit_entry")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void anUntouchedChainIsWhole() {
        assertThat(log.verify()).isEqualTo(new AuditVerification(newest, null));
    }

    @Test
    void theVerdictIsAnsweredToAuditors() {
        JsonNode verdict = Api.administrator()
                .withRole("auditor")
                .get("/api/v1/audit/verification")
                .json();
        assertThat(verdict.get("firstBroken").isNull()).isTrue();
        assertThat(verdict.get("proven").asLong()).isGreaterThanOrEqualTo(newest);
    }

    @Test
    void anyChangeToAnyEntryShowsAtThatEntry() {
        Random random = new Random(20_261_122);
        for (String change : CHANGES) {
            Set<Long> entries = new HashSet<>(List.of(1L, 2L, newest - 1, newest));
            random.longs(6, 1, newest + 1).forEach(entries::add);
            for (long seq : entries) {
                assertThat(after(change, seq))
                        .as(change + " with " + seq + " of " + newest)
                        .isEqualTo(new AuditVerification(seq - 1, seq));
            }
        }
        // Negative control: nothing of it was left behind.
        assertThat(log.verify()).isEqualTo(new AuditVerification(newest, null));
    }

    @Test
    void anEntryForgedWithARightHashBreaksTheNext() {
        for (long seq : new long[] {1, newest / 2, newest}) {
            QuarkusTransaction.begin();
            try {
                ChainedEntry old = log.newest(seq + 1, 1).getFirst();
                AuditEntry forged = new AuditEntry(
                        seq, old.entry().at(), "somebody else", old.entry().action(), "x", "{}");
                jdbi.useHandle(handle -> handle.execute(
                        "UPDATE audit_entry SET operator = ?, target = ?, detail = ?, hash = ? WHERE seq = ?",
                        forged.operator(),
                        forged.target(),
                        forged.detail(),
                        AuditChain.link(old.prevHash(), forged),
                        seq));
                assertThat(log.verify()).isEqualTo(new AuditVerification(seq, seq + 1));
            } finally {
                QuarkusTransaction.rollback();
            }
        }
    }

    @Test
    void anAddedEntryOrAChangedHeadShows() {
        assertThat(after(
                                "INSERT INTO audit_entry SELECT seq + 1, at, operator, action, target, detail, hash,"
                                        + " sha256(hash) FROM audit_entry WHERE seq = ?",
                                newest)
                        .firstBroken())
                .isEqualTo(newest + 1);
        assertThat(after("UPDATE audit_head SET hash = sha256(hash) WHERE seq = ?", newest)
                        .firstBroken())
                .isNotNull();
        assertThat(after("UPDATE audit_head SET seq = seq + 1 WHERE seq = ?", newest)
                        .firstBroken())
                .isNotNull();
        assertThat(after("DELETE FROM audit_head WHERE seq = ?", newest).firstBroken())
                .isNotNull();
    }

    @Test
    void theLogStaysReadableAroundAnEntryThatWasChanged() {
        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(
                    handle -> handle.execute("UPDATE audit_entry SET detail = 'not JSON' WHERE seq = ?", newest));
            assertThat(log.newest(null, 2))
                    .hasSize(2)
                    .first()
                    .satisfies(link ->
                            assertThat(AuditDetail.read(link.entry().detail())).containsValue("not JSON"));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void anActThatFailsLeavesNoEntryAndNoGap() {
        QuarkusTransaction.begin();
        log.recordAs("tester", "test.fail", "nothing", Map.of());
        QuarkusTransaction.rollback();
        log.recordAs("tester", "test.act", "after a failure", Map.of());

        assertThat(log.verify()).isEqualTo(new AuditVerification(newest + 1, null));
        assertThat(log.newest(null, 1).getFirst().entry().target()).isEqualTo("after a failure");
    }

    @Test
    void withoutItsHeadNothingIsRecordedSoNothingIsDone() {
        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM audit_head"));
            assertThatThrownBy(() -> log.recordAs("tester", "test.act", "x", Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("audit_head");
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws InterruptedException {
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(writer -> Thread.ofPlatform()
                        .start(() -> IntStream.range(0, 25)
                                .forEach(i -> log.recordAs("writer-" + writer, "test.act", "" + i, Map.of()))))
                .toList();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(log.verify()).isEqualTo(new AuditVerification(newest + 200, null));
    }

    @Test
    void pagesFollowOneAnotherWithoutGap() {
        Api auditor = Api.administrator().withRole("auditor");
        JsonNode first = auditor.get("/api/v1/audit?limit=7").json();
        JsonNode second = auditor.get(
                        "/api/v1/audit?limit=7&after=" + first.get("next").asText())
                .json();
        long top = first.at("/items/0/seq").asLong();

        assertThat(seqs(first)).containsExactlyElementsOf(down(top));
        assertThat(seqs(second)).containsExactlyElementsOf(down(top - 7));
    }

    private static List<Long> down(long from) {
        return LongStream.range(0, 7).mapToObj(i -> from - i).toList();
    }

    private static List<Long> seqs(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("seq").asLong())
                .toList();
    }

    private AuditVerification after(String change, long seq) {
        QuarkusTransaction.begin();
        try {
            assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.execute(change, seq)))
                    .isPositive();
            return log.verify();
        } finally {
            QuarkusTransaction.rollback();
        }
    }
}
