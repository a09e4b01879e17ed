package org.sekisho.control.permit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.policy.DocumentVerification;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.policy.RevisionFloor;
import org.sekisho.policy.SigningKeys;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;

/** The media register, from the operator's request to the terminal, and back by its events. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class MediaRegisterTest extends PermitDeskRig {
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

    @Test
    void aMediumIsChangedAndItsEndTakenAway() {
        JsonNode medium =
                created(api.post("/api/v1/media", medium(Map.of("expiresAt", "2099-03-31T15:00:00Z", "owner", "総務部"))));
        String there = "/api/v1/media/" + medium.get("id").asText();

        JsonNode later = api.patch(there, Map.of("version", 1, "note", "金庫", "expiresAt", "2099-06-30T15:00:00Z"))
                .json();
        assertThat(later.get("expiresAt").asText()).isEqualTo("2099-06-30T15:00:00Z");
        JsonNode endless = api.patch(there, Map.of("version", 2, "noEnd", true, "owner", ""))
                .json();

        assertThat(endless.get("expiresAt").isNull()).isTrue();
        assertThat(endless.get("owner").isNull()).isTrue();
        assertThat(endless.get("note").asText()).isEqualTo("金庫");
        assertThat(api.patch(there, Map.of("version", 2, "note", "")).status()).isEqualTo(409);
    }

    private JsonNode listed() {
        return api.get("/api/v1/media?q=" + serial).json().get("items");
    }

    private Api.Answer table(String text, java.nio.charset.Charset charset) {
        return api.send("POST", "/api/v1/media/import", "text/csv", text.getBytes(charset));
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
}
