package org.sekisho.control.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestCustodian;
import org.sekisho.control.testing.TestShadow;
import org.sekisho.shadow.ShadowOpener;
import org.sekisho.v1.SealedKey;

/** Two custodians open a copy, with their keys in their own hands; nobody else does. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ShadowOpeningsTest extends ShadowRig {
    private static final Map<String, String> ANYTHING = Map.of("approved", "AAAA");
    private static final Map<String, String> NO = Map.of("reason", "no");

    @Test
    void twoCustodiansTogetherReadIt() throws IOException {
        TestShadow copy = sent(700_000);
        String opening = asked(copy, sato);
        approve(copy, opening, suzuki);

        JsonNode given = sato.api().get(opening + "/approved").json();
        Answer taken = sato.api().get(opening + "/content");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("Content-Length"))
                .isEqualTo(String.valueOf(copy.sealed().size()));
        assertThat(ByteString.copyFrom(taken.bytes())).isEqualTo(copy.sealed());
        ByteArrayOutputStream clear = new ByteArrayOutputStream();
        String name = ShadowOpener.open(
                new ByteArrayInputStream(taken.bytes()),
                Base64.getDecoder().decode(given.get("approved").asText()),
                sato.name(),
                given.get("approver").asText(),
                sato.key(),
                clear);

        assertThat(name).isEqualTo(copy.name());
        assertThat(ByteString.copyFrom(clear.toByteArray())).isEqualTo(copy.content());
        JsonNode view = opening(copy);
        assertThat(view.get("state").asText()).isEqualTo("APPROVED");
        assertThat(view.get("reader").asText()).isEqualTo(sato.name());
        assertThat(view.get("approver").asText()).isEqualTo(suzuki.name());
        String readAt = view.get("readAt").asText();
        sato.api().get(opening + "/content");
        assertThat(opening(copy).get("readAt").asText()).isEqualTo(readAt).isNotEqualTo("null");
        assertThat(audited(copy))
                .containsExactly(
                        sato.name() + " shadow-copy.ask",
                        suzuki.name() + " shadow-copy.seal",
                        suzuki.name() + " shadow-copy.approve",
                        sato.name() + " shadow-copy.key",
                        sato.name() + " shadow-copy.read",
                        sato.name() + " shadow-copy.read");
    }

    @Test
    void nobodyApprovesTheirOwn() {
        TestShadow copy = sent(10);
        String opening = asked(copy, sato);

        refused(sato.api().get(opening + "/seal"), 403, "own-opening");
        refused(sato.api().post(opening + "/approve", ANYTHING), 403, "own-opening");
        refused(sato.api().get(opening + "/approved"), 409, "not-approved");
        refused(sato.api().get(opening + "/content"), 409, "not-approved");
        assertThat(opening(copy).get("state").asText()).isEqualTo("ASKED");
        assertThat(audited(copy)).containsExactly(sato.name() + " shadow-copy.ask");
    }

    @Test
    void whoIsNoCustodianDoesNothing() {
        TestShadow copy = sent(10);
        refused(ask(copy, outsider), 403, "not-custodian");
        String opening = asked(copy, sato);

        refused(outsider.get(opening + "/seal"), 403, "not-custodian");
        refused(outsider.post(opening + "/approve", ANYTHING), 403, "not-custodian");
        refused(outsider.post(opening + "/refuse", NO), 403, "not-custodian");
        refused(outsider.get(opening + "/content"), 403, "not-reader");
        // Seeing that there is one needs none.
        assertThat(outsider.get(path(copy)).status()).isEqualTo(200);
        assertThat(audited(copy)).containsExactly(sato.name() + " shadow-copy.ask");
    }

    /** Named in the policy or not: whoever audits what custodians do is none of them. */
    @Test
    void anAuditorDoesNothing() {
        TestCustodian auditor = TestCustodian.appoint(api, "auditor");
        TestShadow copy = sent(terminal, 10, sato, auditor);
        refused(ask(copy, auditor.api()), 403, "forbidden");
        String opening = asked(copy, sato);

        refused(auditor.api().get(opening + "/seal"), 403, "forbidden");
        refused(auditor.api().post(opening + "/approve", ANYTHING), 403, "forbidden");
        refused(auditor.api().post(opening + "/refuse", NO), 403, "forbidden");
        refused(auditor.api().get(opening + "/approved"), 403, "forbidden");
        refused(auditor.api().get(opening + "/content"), 403, "forbidden");
        assertThat(auditor.api().get(path(copy)).status()).isEqualTo(200);
        assertThat(audited(copy)).containsExactly(sato.name() + " shadow-copy.ask");
    }

    @Test
    void onlyItsReaderTakesTheCopy() throws IOException {
        TestShadow copy = sent(10);
        String opening = asked(copy, sato);
        approve(copy, opening, suzuki);

        for (Api other : new Api[] {suzuki.api(), tanaka.api(), outsider}) {
            refused(other.get(opening + "/approved"), 403, "not-reader");
            refused(other.get(opening + "/content"), 403, "not-reader");
        }
        assertThat(opening(copy).get("readAt").isNull()).isTrue();
    }

    @Test
    void whatIsDecidedIsDecided() throws IOException {
        TestShadow copy = sent(10);
        String approved = asked(copy, sato);
        approve(copy, approved, suzuki);
        refused(tanaka.api().get(approved + "/seal"), 409, "not-asked");
        refused(tanaka.api().post(approved + "/approve", ANYTHING), 409, "not-asked");
        refused(tanaka.api().post(approved + "/refuse", NO), 409, "not-asked");

        String turnedDown = asked(copy, sato);
        JsonNode refusal = tanaka.api().post(turnedDown + "/refuse", NO).json();
        assertThat(refusal.get("state").asText()).isEqualTo("REFUSED");
        assertThat(refusal.get("refusal").asText()).isEqualTo("no");
        assertThat(refusal.get("approver").asText()).isEqualTo(tanaka.name());
        refused(suzuki.api().post(turnedDown + "/approve", ANYTHING), 409, "not-asked");
        refused(sato.api().get(turnedDown + "/content"), 409, "not-approved");
    }

    @Test
    void aReaderAsksOnceAtATimeAndMayWithdraw() {
        TestShadow copy = sent(10);
        String opening = asked(copy, sato);
        refused(ask(copy, sato.api()), 409, "already-asked");
        asked(copy, suzuki);

        assertThat(sato.api()
                        .post(opening + "/refuse", NO)
                        .json()
                        .get("approver")
                        .asText())
                .isEqualTo(sato.name());
        asked(copy, sato);
    }

    @Test
    void whatLapsedIsOver() throws IOException {
        TestShadow copy = sent(10);
        String undecided = asked(copy, sato);
        lapse(copy);
        assertThat(opening(copy).get("state").asText()).isEqualTo("LAPSED");
        refused(suzuki.api().get(undecided + "/seal"), 409, "not-asked");
        refused(suzuki.api().post(undecided + "/approve", ANYTHING), 409, "not-asked");
        refused(suzuki.api().post(undecided + "/refuse", NO), 409, "not-asked");

        String approved = asked(copy, sato);
        approve(copy, approved, suzuki);
        assertThat(sato.api().get(approved + "/content").status()).isEqualTo(200);
        lapse(copy);
        refused(sato.api().get(approved + "/approved"), 409, "not-approved");
        refused(sato.api().get(approved + "/content"), 409, "not-approved");
    }

    @Test
    void whatHasNotComeCanNotBeOpened() {
        TestShadow copy = TestShadow.of(10, sato, suzuki);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO shadow_copy (id, terminal, state, known_at) VALUES (?, ?, 'AWAITED', now())",
                copy.id(),
                terminal.id()));

        refused(ask(copy, sato.api()), 409, "not-kept");
    }

    @Test
    void anOpeningBelongsToItsCopy() {
        TestShadow copy = sent(10);
        TestShadow other = sent(10);
        String opening = asked(copy, sato);
        String elsewhere = path(other) + opening.substring(path(copy).length());

        refused(suzuki.api().get(elsewhere + "/seal"), 404, "not-found");
        refused(suzuki.api().get(path(copy) + "/openings/" + new UUID(0, 0) + "/seal"), 404, "not-found");
        refused(ask(TestShadow.of(1, sato, suzuki), sato.api()), 404, "not-found");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        TestShadow copy = sent(10);
        String opening = asked(copy, sato);

        refused(suzuki.api().post(opening + "/approve", Map.of("approved", "%%%%")), 400, "bad-request");
        for (String reason : new String[] {"", " ", "\u0000x"}) {
            assertThat(suzuki.api()
                            .post(path(copy) + "/openings", Map.of("reason", reason))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(opening(copy).get("state").asText()).isEqualTo("ASKED");
    }

    /** As the approver's program does it: with the server's seal and their own key. */
    private static void approve(TestShadow copy, String opening, TestCustodian approver) throws IOException {
        JsonNode seal = approver.api().get(opening + "/seal").json();
        byte[] approved = ShadowOpener.approve(
                copy.id(),
                SealedKey.newBuilder()
                        .setReader(seal.get("reader").asText())
                        .setApprover(seal.get("approver").asText())
                        .setSealed(ByteString.copyFrom(
                                Base64.getDecoder().decode(seal.get("sealed").asText())))
                        .build(),
                approver.key());
        Answer answer = approver.api()
                .post(
                        opening + "/approve",
                        Map.of("approved", Base64.getEncoder().encodeToString(approved)));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
    }
}
