package org.sekisho.control.terminal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestCustodian;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestShadow;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.control.testing.TestUpload;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.ShadowCopyStart;

/** Shadow copies over the terminals' port: whole and as announced, or not at all. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ShadowUploadTest {
    private static final String FULL = "00000000-0000-0000-0000-00000000f011";

    @Inject
    Jdbi jdbi;

    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestCustodian sato = TestCustodian.appoint(api, "responder");
    private final TestCustodian suzuki = TestCustodian.appoint(api, "approver");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200_000, 262_144, 1_500_000})
    void keepsWhatIsWhole(int bytes) {
        TestShadow copy = shadow(bytes);

        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.OK);

        assertThat(view(copy).get("state").asText()).isEqualTo("KEPT");
        assertThat(view(copy).get("bytes").asLong()).isEqualTo(bytes);
        assertThat(stored(copy)).isEqualTo(copy.sealed());
        assertThat(uploads()).isZero();
    }

    @Test
    void partsMayBeOfAnySize() {
        TestShadow copy = shadow(300_000);
        try (TestUpload upload = terminal.upload()) {
            upload.start(copy);
            int from = 0;
            for (int size = 1; from < copy.sealed().size(); size = size * 3 % TestUpload.PART + 1) {
                int to = Math.min(copy.sealed().size(), from + size);
                upload.part(copy.sealed().substring(from, to));
                from = to;
            }
            assertThat(upload.finish().getCode()).isEqualTo(Status.Code.OK);
        }
        assertThat(stored(copy)).isEqualTo(copy.sealed());
        int blocks = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM shadow_part p JOIN shadow_copy c USING (content) WHERE c.id = :id")
                .bind("id", copy.id())
                .mapTo(Integer.class)
                .one());
        assertThat(blocks).as("not a row for each part").isEqualTo(2);
    }

    @Test
    void whatIsNotAsAnnouncedIsNotKept() {
        TestShadow copy = shadow(400_000);
        ByteString more = copy.sealed().concat(ByteString.copyFromUtf8("x"));
        ByteString less = copy.sealed().substring(0, copy.sealed().size() - 1);
        byte[] changed = copy.sealed().toByteArray();
        changed[changed.length - 1] ^= 1;

        refused(copy, start -> start, less, "only");
        refused(copy, start -> start, more, "longer");
        refused(copy, start -> start, ByteString.copyFrom(changed), "SHA-256");
        refused(copy, start -> start.setSha256(ByteString.copyFrom(new byte[32])), copy.sealed(), "SHA-256");
        refused(copy, start -> start.setSha256(ByteString.copyFrom(new byte[31])), copy.sealed(), "SHA-256");
        refused(copy, start -> start.setId(copy.id().toUpperCase(java.util.Locale.ROOT) + "0"), copy.sealed(), "id");
        refused(copy, start -> start.setId("0".repeat(32)), copy.sealed(), "another id");
        refused(copy, start -> start.setBytes(ShadowFormat.MOST_SEALED_BYTES + 1), copy.sealed(), "bytes");
        refused(copy, start -> start.setBytes(-1), copy.sealed(), "bytes");
        refused(copy, start -> start.setBytes(0), copy.sealed(), "bytes");
        refused(copy, start -> start.setFailure("x".repeat(501)), ByteString.EMPTY, "500");
        refused(copy, start -> start.setFailure("full"), copy.sealed(), "no bytes");
        // Control: as announced it is kept.
        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void whatIsNoShadowCopyIsNotKept() {
        ByteString noise = ByteString.copyFrom(new byte[300_000]);
        TestShadow copy = new TestShadow(shadow(1).id(), "x", noise, noise);

        refused(copy, start -> start, noise, "");
    }

    @Test
    void theStartComesFirstAndOnce() {
        TestShadow copy = shadow(1_000);
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.bytes(copy.sealed()).awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.finish().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.start(copy).start(copy).awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.start(copy)
                            .send(ShadowCopyPart.getDefaultInstance())
                            .awaitEnd()
                            .getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        TestShadow large = shadow(400_000);
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.start(large)
                            .part(large.sealed().substring(0, TestUpload.PART + 1))
                            .awaitEnd()
                            .getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        nothingIsLeft();
    }

    @Test
    void twiceIsOnceAndTheSecondIsAnsweredBeforeItsBytes() {
        TestShadow copy = shadow(300_000);
        sent(copy);
        String keptAt = view(copy).get("keptAt").asText();

        try (TestUpload again = terminal.upload()) {
            assertThat(again.start(copy).awaitEnd().getCode()).isEqualTo(Status.Code.OK);
        }
        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.OK);
        assertThat(view(copy).get("keptAt").asText()).isEqualTo(keptAt);
        assertThat(parts()).isEqualTo(2);
    }

    @Test
    void anotherTerminalsCopyIsNeitherTakenNorChanged() {
        TestShadow copy = shadow(1_000);
        sent(copy);
        TestTerminal other = TestTerminal.enrol(api);
        try (TestUpload upload = other.upload()) {
            assertThat(upload.send(copy).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(view(copy).get("terminal").asText()).isEqualTo(terminal.id());
        assertThat(incidents(other)).containsExactly("WRONG_IDENTITY");
        assertThat(incidents(terminal)).isEmpty();
    }

    @Test
    void anEventOfAnotherTerminalIsNoOrder() {
        TestShadow copy = shadow(1_000);
        sent(copy);
        TestTerminal other = TestTerminal.enrol(api);
        order(other, copy);
        assertThat(view(copy).get("seq").isNull()).isTrue();

        order(terminal, copy);
        assertThat(view(copy).get("seq").asLong()).isEqualTo(1);
    }

    @Test
    void eventAndCopyComeInEitherOrder() {
        TestShadow eventFirst = shadow(1_000);
        order(terminal, eventFirst);
        JsonNode awaited = view(eventFirst);
        assertThat(awaited.get("state").asText()).isEqualTo("AWAITED");
        assertThat(awaited.get("custodians")).isEmpty();
        assertThat(awaited.get("bytes").isNull()).isTrue();
        sent(eventFirst);

        JsonNode kept = view(eventFirst);
        assertThat(kept.get("state").asText()).isEqualTo("KEPT");
        assertThat(kept.get("seq").asLong()).isEqualTo(1);
        assertThat(kept.get("orderedAt")).isEqualTo(awaited.get("orderedAt"));
        assertThat(List.of(
                        kept.get("custodians").get(0).asText(),
                        kept.get("custodians").get(1).asText()))
                .containsExactlyInAnyOrder(sato.name(), suzuki.name());
        assertThat(api.get("/api/v1/events/" + terminal.id() + "/1").json().toString())
                .as("the event shows which copy is its")
                .contains("\"shadowCopy\":\"" + eventFirst.id() + "\"");
    }

    @Test
    void thatThereIsNoneIsKeptTooUntilThereIs() {
        TestShadow copy = shadow(1_000);
        order(terminal, copy);
        try (TestUpload upload = terminal.upload()) {
            assertThat(upload.start(ShadowCopyStart.newBuilder()
                                    .setId(copy.id())
                                    .setFailure("the disk\0 is full")
                                    .build())
                            .finish()
                            .getCode())
                    .isEqualTo(Status.Code.OK);
        }
        assertThat(view(copy).get("state").asText()).isEqualTo("FAILED");
        assertThat(view(copy).get("failure").asText()).isEqualTo("the disk\uFFFD is full");
        assertThat(view(copy).get("seq").asLong()).isEqualTo(1);

        sent(copy);
        assertThat(view(copy).get("state").asText()).isEqualTo("KEPT");
        assertThat(view(copy).get("failure").isNull()).isTrue();
    }

    @Test
    void aLineThatBreaksLeavesNothing() {
        TestShadow copy = shadow(600_000);
        try (TestUpload upload = terminal.upload()) {
            upload.start(copy).bytes(copy.sealed().substring(0, 2 * TestUpload.PART));
            await().until(() -> parts() == 2);
            upload.breakOff();
        }
        nothingIsLeft();
        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void aTerminalSendsOneAtATime() {
        TestShadow first = shadow(600_000);
        TestShadow second = shadow(1_000);
        try (TestUpload upload = terminal.upload()) {
            upload.start(first).part(first.sealed().substring(0, TestUpload.PART));
            await().until(() -> parts() == 1);
            assertThat(sent(second).getCode()).isEqualTo(Status.Code.OK);
            assertThat(upload.bytes(first.sealed().substring(TestUpload.PART))
                            .finish()
                            .getCode())
                    .isEqualTo(Status.Code.ABORTED);
        }
        assertThat(uploads()).isZero();
        assertThat(parts()).as("those of the second").isEqualTo(1);
    }

    @Test
    void onlySoManyComeInAtOnce() {
        TestShadow copy = shadow(300_000);
        List<TestUpload> underWay = new ArrayList<>();
        await().until(() -> allUploads() == 0);
        try {
            for (int number = 1; number <= 8; number++) {
                int others = number;
                TestShadow large = shadow(300_000);
                underWay.add(TestTerminal.enrol(api)
                        .upload()
                        .start(large)
                        .part(large.sealed().substring(0, TestUpload.PART)));
                await().until(() -> allUploads() == others);
            }
            assertThat(sent(copy).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            underWay.getFirst().breakOff();
            await().until(() -> sent(copy).isOk());
        } finally {
            underWay.forEach(TestUpload::close);
        }
        await().until(() -> allUploads() == 0);
    }

    @Test
    void withoutRoomNothingIsTaken() {
        TestShadow copy = shadow(1_000);
        TestTerminal other = TestTerminal.enrol(api);
        jdbi.useHandle(handle ->
                handle.execute("INSERT INTO shadow_upload VALUES (?, ?::uuid, 10737418240, now())", other.id(), FULL));
        try {
            assertThat(sent(copy).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            // That there is no copy needs no room.
            try (TestUpload upload = terminal.upload()) {
                assertThat(upload.start(ShadowCopyStart.newBuilder()
                                        .setId(copy.id())
                                        .setFailure("x")
                                        .build())
                                .finish()
                                .getCode())
                        .isEqualTo(Status.Code.OK);
            }
        } finally {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM shadow_upload WHERE content = ?::uuid", FULL));
        }
        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void aTerminalThatIsRevokedMeanwhileKeepsNothing() {
        TestShadow copy = shadow(600_000);
        try (TestUpload upload = terminal.upload()) {
            upload.start(copy).part(copy.sealed().substring(0, TestUpload.PART));
            await().until(() -> parts() == 1);
            api.post("/api/v1/terminals/" + terminal.id() + "/revoke", Map.of("reason", "stolen"));
            assertThat(upload.bytes(copy.sealed().substring(TestUpload.PART))
                            .finish()
                            .getCode())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        nothingIsLeft();
        assertThat(sent(copy).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private TestShadow shadow(int bytes) {
        return TestShadow.of(bytes, sato, suzuki);
    }

    private Status sent(TestShadow copy) {
        try (TestUpload upload = terminal.upload()) {
            return upload.send(copy);
        }
    }

    private void refused(
            TestShadow copy, UnaryOperator<ShadowCopyStart.Builder> start, ByteString bytes, String because) {
        try (TestUpload upload = terminal.upload()) {
            Status status =
                    upload.start(start.apply(copy.start()).build()).bytes(bytes).finish();
            assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDescription()).contains(because);
        }
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        await().untilAsserted(() -> {
            assertThat(uploads()).isZero();
            assertThat(parts()).isZero();
        });
        assertThat(api.get("/api/v1/shadow-copies?terminal=" + terminal.id())
                        .json()
                        .get("items"))
                .isEmpty();
    }

    private static void order(TestTerminal of, TestShadow copy) {
        TestJournal journal = TestJournal.of(of);
        try (TestTerminal.Stream stream = of.connect(journal)) {
            stream.events(List.of(journal.add(event -> event.setAttempt(copy.order()))));
            stream.awaitAck(1);
        }
    }

    private JsonNode view(TestShadow copy) {
        return api.get("/api/v1/shadow-copies/" + copy.id()).json();
    }

    private ByteString stored(TestShadow copy) {
        return jdbi.withHandle(handle -> handle
                .createQuery(
                        "SELECT p.bytes FROM shadow_part p JOIN shadow_copy c USING (content) WHERE c.id = :id ORDER BY number")
                .bind("id", copy.id())
                .mapTo(byte[].class)
                .list()
                .stream()
                .map(ByteString::copyFrom)
                .reduce(ByteString.EMPTY, ByteString::concat));
    }

    private int uploads() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM shadow_upload WHERE terminal = :id")
                .bind("id", terminal.id())
                .mapTo(Integer.class)
                .one());
    }

    private int allUploads() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM shadow_upload")
                .mapTo(Integer.class)
                .one());
    }

    /** The terminal's, or nobody's. */
    private int parts() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM shadow_part p LEFT JOIN shadow_copy c USING (content) LEFT JOIN shadow_upload u USING (content)
                        WHERE coalesce(c.terminal, u.terminal, :id) = :id""")
                .bind("id", terminal.id())
                .mapTo(Integer.class)
                .one());
    }

    private List<String> incidents(TestTerminal of) {
        List<String> kinds = new ArrayList<>();
        api.get("/api/v1/incidents?terminal=" + of.id())
                .json()
                .get("items")
                .forEach(item -> kinds.add(item.get("kind").asText()));
        return kinds;
    }
}
