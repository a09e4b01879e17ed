package org.sekisho.control.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.policy.DocumentVerification;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.policy.RevisionFloor;
import org.sekisho.policy.SigningKeys;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitUsed;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Signed;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Verdict;

/** Permits, from the operator's request to the terminal's answer, and back by its events. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class PermitsTest extends PermitDeskRig {
    @Test
    void aPermitIsPushedAnsweredUsedAndRevoked() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            JsonNode granted = created(api.post("/api/v1/permits", clipboard(Map.of("uses", 2))));
            Signed signed = stream.await(MessageCase.PERMITS).getPermits();
            PermitBook book = book(signed);

            assertThat(book.getPermitsList()).singleElement().satisfies(permit -> {
                assertThat(permit.getId()).isEqualTo(granted.get("id").asText());
                assertThat(permit.getUser()).isEqualTo("hanako");
                assertThat(permit.getTerminal()).isEqualTo(terminal.id());
                assertThat(permit.getChannel()).isEqualTo(Channel.CLIPBOARD);
                assertThat(permit.getUses()).isEqualTo(2);
            });
            assertThat(granted.get("state").asText()).isEqualTo("ACTIVE");
            assertThat(granted.get("delivery").asText()).isEqualTo("PENDING");
            answer(stream, signed, Refusal.REFUSAL_UNSPECIFIED);
            awaitDelivery(granted, "IN_FORCE");

            stream.events(List.of(
                    journal.add(event -> event.setPermitUsed(PermitUsed.newBuilder()
                            .setPermit(granted.get("id").asText())
                            .setUse(1)
                            .setUses(2))),
                    journal.add(event -> event.setAttempt(
                            TestJournal.paste("hanako", Verdict.AUDIT, org.sekisho.v1.Severity.LOW).toBuilder()
                                    .setDecision(Decision.newBuilder()
                                            .setVerdict(Verdict.AUDIT)
                                            .setReason(Reason.PERMIT_USED)
                                            .setRule("numbers")
                                            .setPermit(granted.get("id").asText()))))));
            stream.awaitAck(2);
            JsonNode used = permit(granted);
            assertThat(used.get("used").asInt()).isEqualTo(1);
            assertThat(api.get("/api/v1/permits/" + granted.get("id").asText() + "/events")
                            .json()
                            .at("/items"))
                    .extracting(event -> event.get("kind").asText())
                    .containsExactly("ATTEMPT", "PERMIT_USED");

            assertThat(api.post(
                                    "/api/v1/permits/" + granted.get("id").asText() + "/revoke",
                                    Map.of("reason", "not needed"))
                            .json()
                            .get("state")
                            .asText())
                    .isEqualTo("REVOKED");
            Signed next = stream.await(MessageCase.PERMITS).getPermits();
            assertThat(book(next).getPermitsList()).isEmpty();
            answer(stream, next, Refusal.REFUSAL_UNSPECIFIED);
            awaitDelivery(granted, "WITHDRAWN");
            assertThat(api.post("/api/v1/permits/" + granted.get("id").asText() + "/revoke", Map.of("reason", "again"))
                            .status())
                    .isEqualTo(409);
        }
        assertThat(api.get("/api/v1/audit?limit=10").json().toString()).contains("permit.grant", "permit.revoke");
    }

    @Test
    void isDeliveredAtConnectAndOnlyIfItIsNews() {
        created(api.post("/api/v1/permits", clipboard(Map.of())));
        long revision;
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            Signed signed = stream.await(MessageCase.PERMITS).getPermits();
            revision = accepted(signed).revision();
        }
        created(api.post("/api/v1/media", medium(Map.of())));
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(
                    journal.hello().toBuilder().setPermitsRevision(revision).build());
            // The register is sent before the permits would be.
            stream.await(MessageCase.MEDIA_REGISTER);
            created(api.post("/api/v1/permits", clipboard(Map.of())));
            assertThat(accepted(stream.await(MessageCase.PERMITS).getPermits()).revision())
                    .isEqualTo(revision + 1);
        }
    }

    @Test
    void aRefusalIsShown() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            JsonNode granted = created(api.post("/api/v1/permits", clipboard(Map.of())));
            answer(stream, stream.await(MessageCase.PERMITS).getPermits(), Refusal.WRONG_SIGNATURE);
            awaitDelivery(granted, "REFUSED");
            assertThat(permit(granted).get("deliveryDetail").asText()).startsWith("WRONG_SIGNATURE");
        }
    }

    @Test
    void anotherTerminalCannotSpeakOfThisOnesPermits() {
        JsonNode granted = created(api.post("/api/v1/permits", clipboard(Map.of())));
        TestTerminal other = TestTerminal.enrol(api);
        TestJournal others = TestJournal.of(other);
        try (TestTerminal.Stream stream = other.connect(others)) {
            stream.events(List.of(others.add(event -> event.setPermitUsed(PermitUsed.newBuilder()
                    .setPermit(granted.get("id").asText())
                    .setUse(1)))));
            stream.awaitAck(1);
        }
        assertThat(permit(granted).get("used").asInt()).isZero();
        assertThat(api.get("/api/v1/permits/" + granted.get("id").asText() + "/events")
                        .json()
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void isGrantedFromTheAttemptThatWasStopped() {
        plug(MediaClass.USB_STORAGE);
        Map<String, Object> event = Map.of("event", Map.of("terminal", terminal.id(), "seq", 1));

        JsonNode granted = created(api.post("/api/v1/permits", with(event, base())));

        assertThat(granted.get("user").asText()).isEqualTo("hanako");
        assertThat(granted.get("channel").asText()).isEqualTo("MEDIA");
        assertThat(granted.at("/device/serial").asText()).isEqualTo(serial);
        assertThat(granted.at("/rules/0").asText()).isEqualTo("sticks");
        assertThat(granted.at("/event/seq").asLong()).isEqualTo(1);
        assertThat(granted.get("uses").asInt()).isEqualTo(1);
    }

    @Test
    void refusesWhatWouldDoNothingOrTooMuch() {
        Instant now = Instant.now();
        assertThat(status(clipboard(Map.of("rules", List.of("nothing"))))).isEqualTo(422);
        assertThat(status(clipboard(Map.of("channel", "PRINT")))).isEqualTo(422);
        assertThat(status(clipboard(Map.of("channel", "MEDIA")))).isEqualTo(400);
        assertThat(status(
                        clipboard(Map.of("until", now.plus(Duration.ofDays(32)).toString()))))
                .isEqualTo(400);
        assertThat(status(clipboard(Map.of("until", now.minusSeconds(1).toString()))))
                .isEqualTo(400);
        assertThat(status(clipboard(Map.of("user", " ")))).isEqualTo(400);
        assertThat(status(clipboard(Map.of("reason", " ")))).isEqualTo(400);
        assertThat(status(clipboard(Map.of("terminal", "t-unknown")))).isEqualTo(404);
        assertThat(status(clipboard(Map.of()))).isEqualTo(201);
    }

    @Test
    void isForSomeFilesOnly() {
        String hash = "AB".repeat(32);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            Map<String, Object> stick = Map.of(
                    "channel", "MEDIA",
                    "device", Map.of("vendorId", "0781", "productId", "5567", "serial", serial),
                    "files", List.of(hash, hash.toLowerCase(Locale.ROOT)),
                    "fileNames", List.of(" 回答*.xlsx "));
            JsonNode granted = created(api.post("/api/v1/permits", clipboard(stick)));

            assertThat(granted.at("/files")).extracting(JsonNode::asText).containsExactly("ab".repeat(32));
            assertThat(book(stream.await(MessageCase.PERMITS).getPermits()).getPermits(0))
                    .satisfies(permit -> {
                        assertThat(permit.getFileSha256List()).containsExactly("ab".repeat(32));
                        assertThat(permit.getFileNamesList()).containsExactly("回答*.xlsx");
                    });
            assertThat(status(with(Map.of("files", List.of("abc")), stick))).isEqualTo(400);
            assertThat(status(clipboard(with(Map.of("fileNames", List.of("a/b")), stick))))
                    .isEqualTo(400);
            assertThat(status(clipboard(Map.of("files", List.of(hash))))).isEqualTo(400);
        }
    }

    @Test
    void allItsEventsAreListedPageByPage() {
        JsonNode granted = created(api.post("/api/v1/permits", clipboard(Map.of("uses", 0))));
        String id = granted.get("id").asText();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(used(id, 1), used(id, 2), used(id, 3)));
            stream.awaitAck(3);
        }
        String there = "/api/v1/permits/" + id + "/events?limit=2";

        JsonNode first = api.get(there).json();
        JsonNode second =
                api.get(there + "&after=" + first.get("next").asText()).json();

        assertThat(first.at("/items"))
                .extracting(event -> event.get("seq").asLong())
                .containsExactly(3L, 2L);
        assertThat(second.at("/items"))
                .extracting(event -> event.get("seq").asLong())
                .containsExactly(1L);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(api.get(there + "&after=nonsense").status()).isEqualTo(400);
    }

    private ChainedEvent used(String permit, int use) {
        return journal.add(event ->
                event.setPermitUsed(PermitUsed.newBuilder().setPermit(permit).setUse(use)));
    }

    @Test
    void aBranchSeesAndGrantsItsOwnAlone() {
        String bureau = "許可部" + UUID.randomUUID();
        TestTerminal own = TestTerminal.enrolIn(api, bureau + "/税務課");
        JsonNode foreign = created(api.post("/api/v1/permits", clipboard(Map.of())));
        JsonNode foreignMedium = created(api.post("/api/v1/media", medium(Map.of())));
        Api limited = api.withRoles(Api.role(Role.Name.ADMINISTRATOR, bureau));

        JsonNode granted = created(limited.post("/api/v1/permits", clipboard(Map.of("terminal", own.id()))));
        JsonNode medium =
                created(limited.post("/api/v1/media", medium(Map.of("owner", bureau, "sharedIdentity", true))));
        assertThat(limited.get("/api/v1/permits").json().at("/items"))
                .extracting(item -> item.get("id"))
                .containsExactly(granted.get("id"));
        assertThat(limited.get("/api/v1/media").json().at("/items"))
                .extracting(item -> item.get("id"))
                .containsExactly(medium.get("id"));
        String there = "/api/v1/permits/" + foreign.get("id").asText();
        assertThat(limited.get(there).status()).isEqualTo(404);
        assertThat(limited.get(there + "/events").status()).isEqualTo(404);
        assertThat(limited.post(there + "/revoke", Map.of("reason", "x")).status())
                .isEqualTo(404);
        assertThat(limited.post("/api/v1/permits", clipboard(Map.of())).status())
                .isEqualTo(404);
        String mediumThere = "/api/v1/media/" + foreignMedium.get("id").asText();
        assertThat(limited.get(mediumThere).status()).isEqualTo(404);
        assertThat(limited.patch(mediumThere, Map.of("version", 1, "name", "x")).status())
                .isEqualTo(404);
        assertThat(limited.post("/api/v1/media", medium(Map.of("sharedIdentity", true)))
                        .status())
                .isEqualTo(403);
        assertThat(api.get(there).status()).isEqualTo(200);
    }

    private PermitBook book(Signed signed) {
        return accepted(signed).document();
    }

    /** As a terminal would take it. */
    private DocumentVerification.Accepted<PermitBook> accepted(Signed signed) {
        return (DocumentVerification.Accepted<PermitBook>) DocumentVerifier.permits(
                        List.of(SigningKeys.publicKey(
                                terminal.enrolment().getPolicyKeys(0).toByteArray())),
                        terminal.enrolment().getTenant(),
                        terminal.id())
                .verify(signed, RevisionFloor.NONE, Instant.now());
    }

    private void answer(TestTerminal.Stream stream, Signed signed, Refusal refusal) {
        DocumentVerification.Accepted<PermitBook> accepted = accepted(signed);
        stream.send(TerminalMessage.newBuilder()
                .setPermitAck(PermitAck.newBuilder()
                        .setDocument(DocumentKind.PERMIT_BOOK)
                        .setRevision(accepted.revision())
                        .setPayloadSha256(accepted.payloadSha256())
                        .setRefusal(refusal)
                        .setDetail(refusal == Refusal.REFUSAL_UNSPECIFIED ? "" : "why"))
                .build());
    }

    private void awaitDelivery(JsonNode granted, String delivery) {
        await().untilAsserted(() ->
                assertThat(permit(granted).get("delivery").asText()).isEqualTo(delivery));
    }

    private int status(Map<String, Object> request) {
        return api.post("/api/v1/permits", request).status();
    }
}
