package org.sekisho.control.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.policy.DocumentVerification;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.policy.RevisionFloor;
import org.sekisho.policy.SigningKeys;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitUsed;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Segment;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Signed;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Verdict;

/** Permits and the media register, from the operator's request to the terminal's answer, and back by its events. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class PermitsTest {
    private static final String YAML = """
            segment: my-number
            name: permits
            rules:
              - {id: keyboards, channel: media, media: {classes: [keyboard, pointer, hub]}, verdict: allow}
              - {id: sticks, channel: media, verdict: block, permit-may-lift: true}
              - {id: numbers, channel: clipboard, content: [{label: my_number}], verdict: block, permit-may-lift: true}
              - {id: never, channel: print, verdict: block}
            """;

    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestJournal journal = TestJournal.of(terminal);
    private final String serial = "S-" + UUID.randomUUID();

    @BeforeEach
    void publish() {
        Publishing.publish(api, YAML);
    }

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

    @Test
    void aMediumIsRegisteredFromAnAttemptAndPushed() {
        plug(MediaClass.USB_STORAGE);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            JsonNode medium = created(api.post(
                    "/api/v1/media",
                    Map.of(
                            "segment", "MY_NUMBER",
                            "name", "税務課 1",
                            "owner", "総務部/税務課",
                            "event", Map.of("terminal", terminal.id(), "seq", 1))));
            assertThat(medium.at("/device/serial").asText()).isEqualTo(serial);
            assertThat(medium.get("mediaClass").asText()).isEqualTo("USB_STORAGE");
            MediaRegister register = register(stream, medium);
            assertThat(register.getMediaList())
                    .filteredOn(one -> one.getId().equals(medium.get("id").asText()))
                    .singleElement()
                    .satisfies(one -> assertThat(one.getLost()).isFalse());
            assertThat(api.post("/api/v1/media", medium(Map.of())).status()).isEqualTo(409);

            JsonNode again = created(api.post("/api/v1/media", medium(Map.of("sharedIdentity", true))));
            assertThat(again.get("warnings").toString()).contains("SAME_IDENTITY");
        }
    }

    @Test
    void aLostMediumTakesItsPermitsWithItAndIsAnIncidentWhereItTurnsUp() {
        JsonNode medium = created(api.post("/api/v1/media", medium(Map.of())));
        JsonNode granted = created(api.post(
                "/api/v1/permits",
                clipboard(Map.of("channel", "MEDIA", "medium", medium.get("id").asText()))));

        Api.Answer lost = api.patch(
                "/api/v1/media/" + medium.get("id").asText(),
                Map.of("state", "LOST", "reason", "missing since Monday", "version", 1));
        assertThat(lost.status()).isEqualTo(200);
        assertThat(permit(granted).get("state").asText()).isEqualTo("REVOKED");
        assertThat(api.post(
                                "/api/v1/permits",
                                clipboard(Map.of(
                                        "channel",
                                        "MEDIA",
                                        "medium",
                                        medium.get("id").asText())))
                        .status())
                .isEqualTo(409);
        plug(MediaClass.USB_STORAGE);
        JsonNode seen = api.get("/api/v1/media/" + medium.get("id").asText()).json();
        assertThat(seen.at("/seen/terminal").asText()).isEqualTo(terminal.id());
        assertThat(seen.at("/seen/user").asText()).isEqualTo("hanako");
        assertThat(api.get("/api/v1/incidents?terminal=" + terminal.id()).json().at("/items"))
                .extracting(incident -> incident.get("kind").asText())
                .contains("LOST_MEDIUM");
        assertThat(api.patch(
                                "/api/v1/media/" + medium.get("id").asText(),
                                Map.of("state", "IN_USE", "reason", "found", "version", 1))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aTableIsRegisteredWholeOrNotAtAll() {
        String head = "segment,name,vendor_id,product_id,serial,owner,note,expires_on\r\n";
        String good = "MY_NUMBER,\"媒体, 一\",0781,5567," + serial + ",総務部,\"'=1+1\",2099-03-31\r\n";
        Api.Answer refused = table(
                head + good + "NOWHERE,x,0781,5567,T,,,\r\nMY_NUMBER,,0781,,,,,2001-01-01\r\n", StandardCharsets.UTF_8);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/findings"))
                .extracting(finding ->
                        finding.get("line").asInt() + " " + finding.get("code").asText())
                .containsExactly("3 segment", "4 name", "4 device", "4 expires-on");
        assertThat(listed()).isEmpty();

        // As Japanese Excel saves it.
        assertThat(table(head + good, java.nio.charset.Charset.forName("windows-31j"))
                        .status())
                .isEqualTo(200);
        JsonNode medium = listed().get(0);
        assertThat(medium.get("name").asText()).isEqualTo("媒体, 一");
        assertThat(medium.get("note").asText()).isEqualTo("=1+1");
        assertThat(medium.get("expiresAt").asText()).isEqualTo("2099-03-31T15:00:00Z");
        Api.Answer twice = table(head + good, StandardCharsets.UTF_8);
        assertThat(twice.json().at("/findings/0/code").asText()).isEqualTo("already-registered");

        String exported = new String(api.get("/api/v1/media/export").bytes(), StandardCharsets.UTF_8);
        assertThat(exported)
                .startsWith("\uFEFFsegment,name,")
                .contains(serial + ",,総務部,'=1+1,2099-03-31,IN_USE")
                .contains("\"媒体, 一\"");
    }

    private JsonNode listed() {
        return api.get("/api/v1/media?q=" + serial).json().get("items");
    }

    private Api.Answer table(String text, java.nio.charset.Charset charset) {
        return api.send("POST", "/api/v1/media/import", "text/csv", text.getBytes(charset));
    }

    /** The terminal records that a stick was stopped. */
    private void plug(MediaClass type) {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.add(event -> event.setAttempt(AttemptEvent.newBuilder()
                    .setAttempt(Attempt.newBuilder()
                            .setChannel(Channel.MEDIA)
                            .setMedia(MediaSubject.newBuilder()
                                    .setMediaClass(type)
                                    .setVendorId("0781")
                                    .setProductId("5567")
                                    .setSerial(serial)))
                    .setCircumstances(Circumstances.newBuilder().setUser("hanako"))
                    .setDecision(Decision.newBuilder().setVerdict(Verdict.BLOCK).setRule("sticks"))))));
            stream.awaitAck(journal.head().seq());
        }
    }

    private MediaRegister register(TestTerminal.Stream stream, JsonNode medium) {
        Signed[] found = new Signed[1];
        stream.await(message -> {
            if (!message.hasMediaRegister()) {
                return false;
            }
            found[0] = message.getMediaRegister();
            return message.getMediaRegister()
                    .getPayload()
                    .toString(StandardCharsets.ISO_8859_1)
                    .contains(medium.get("id").asText());
        });
        DocumentVerification<MediaRegister> verification = DocumentVerifier.mediaRegister(
                        List.of(SigningKeys.publicKey(
                                terminal.enrolment().getPolicyKeys(0).toByteArray())),
                        terminal.enrolment().getTenant(),
                        Segment.MY_NUMBER)
                .verify(found[0], RevisionFloor.NONE, Instant.now());
        return ((DocumentVerification.Accepted<MediaRegister>) verification).document();
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

    private JsonNode permit(JsonNode granted) {
        return api.get("/api/v1/permits/" + granted.get("id").asText()).json();
    }

    private int status(Map<String, Object> request) {
        return api.post("/api/v1/permits", request).status();
    }

    private Map<String, Object> clipboard(Map<String, Object> changes) {
        return with(changes, with(Map.of("terminal", terminal.id(), "user", "hanako", "channel", "CLIPBOARD"), base()));
    }

    private static Map<String, Object> base() {
        return Map.of("until", Instant.now().plus(Duration.ofHours(1)).toString(), "reason", "回答書の持参");
    }

    private Map<String, Object> medium(Map<String, Object> changes) {
        return with(
                changes,
                Map.of(
                        "segment",
                        "MY_NUMBER",
                        "name",
                        "媒体 " + serial,
                        "device",
                        Map.of("vendorId", "0781", "productId", "5567", "serial", serial)));
    }

    private static Map<String, Object> with(Map<String, Object> changes, Map<String, Object> base) {
        Map<String, Object> all = new HashMap<>(base);
        all.putAll(changes);
        return all;
    }

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json();
    }
}
