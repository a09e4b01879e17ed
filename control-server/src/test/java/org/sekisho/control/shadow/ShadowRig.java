package org.sekisho.control.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestCustodian;
import org.sekisho.control.testing.TestShadow;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.control.testing.TestUpload;

/** A copy that a terminal sent, its three custodians, and somebody else. */
abstract class ShadowRig {
    @Inject
    Jdbi jdbi;

    final Api api = Api.administrator();
    final TestTerminal terminal = TestTerminal.enrol(api);
    final TestCustodian sato = TestCustodian.appoint(api, "responder");
    final TestCustodian suzuki = TestCustodian.appoint(api, "administrator");
    final TestCustodian tanaka = TestCustodian.appoint(api, "approver");
    final Api outsider = api.withRole("administrator");

    TestShadow sent(int bytes) {
        return sent(terminal, bytes);
    }

    TestShadow sent(TestTerminal by, int bytes) {
        return sent(by, bytes, sato, suzuki, tanaka);
    }

    static TestShadow sent(TestTerminal by, int bytes, TestCustodian... custodians) {
        TestShadow copy = TestShadow.of(bytes, custodians);
        try (TestUpload upload = by.upload()) {
            assertThat(upload.send(copy).getCode()).isEqualTo(Status.Code.OK);
        }
        return copy;
    }

    static String path(TestShadow copy) {
        return "/api/v1/shadow-copies/" + copy.id();
    }

    /** Path of an opening that this custodian has asked for. */
    static String asked(TestShadow copy, TestCustodian reader) {
        Answer answer = ask(copy, reader.api());
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return path(copy) + "/openings/" + answer.json().get("id").asText();
    }

    static Answer ask(TestShadow copy, Api reader) {
        return reader.post(path(copy) + "/openings", Map.of("reason", "事案 12 の確認"));
    }

    static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().get("code").asText()).isEqualTo(code);
    }

    JsonNode opening(TestShadow copy) {
        return api.get(path(copy)).json().at("/openings/0");
    }

    /** What the audit log says of the copy, oldest first: who, what. */
    List<String> audited(TestShadow copy) {
        List<String> entries = new ArrayList<>();
        api.get("/api/v1/audit?limit=100").json().get("items").forEach(entry -> {
            if (entry.get("target").asText().equals(copy.id())) {
                entries.addFirst(entry.get("operator").asText() + " "
                        + entry.get("action").asText());
            }
        });
        return entries;
    }

    void set(TestShadow copy, String column, String value) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE shadow_copy SET " + column + " = now() + ?::interval WHERE id = ?", value, copy.id()));
    }

    void lapse(TestShadow copy) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE shadow_opening SET lapses_at = now() - interval '1 s' WHERE copy = ?", copy.id()));
    }
}
